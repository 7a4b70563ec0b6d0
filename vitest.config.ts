import { defineConfig } from 'vitest/config';

/** Tests of functions: a process runs many files, which spares each the time to load its modules. */
const functions = [
  'architecture',
  'base',
  'cli/exp/film-text',
  'cli/exp/prepare-inputs',
  'cli/exp/suggestions',
  'cli/parsed-arguments',
  'cli/report',
  'cli/screen',
  'cli/show',
  'cli/trial-path',
  'cli/usage',
  'cli/verify/compare',
  'datasets',
  'disk',
  'engine/capture',
  'engine/graph',
  'experiment',
  'fuzz',
  'launch/redis/address',
  'launch/redis/archive',
  'launch/redis/job',
  'launch/settled',
  'launch/slurm/shards',
  'launch/vmap-groups',
  'launch/without-options',
  'methods',
  'metrics',
  'nets',
  'optimisers',
  'pictures',
  'priors',
  'report/against',
  'report/diagnoses',
  'report/figures',
  'report/films',
  'report/judging',
  'report/load',
  'report/reproducibility',
  'report/sheet',
  'report/tables',
  'rope/spec-hashes',
  'schema',
  'store',
  'summary',
];
/** The same for tests that start runtimes of tensors. */
const compiled = [
  'fuzz/networks',
  'engine/kernels',
  'engine/lower',
  'engine/onnx',
  'engine/passes',
  'engine/vmap',
  'inspect',
  'nets/network-file',
  'scorers',
  'trial',
];

const filesOf = (places: readonly string[]): string[] =>
  places.flatMap((place) => [`test/${place}/**/*.test.ts`, `test/${place}.test.ts`]);

export default defineConfig({
  resolve: { alias: { modebench: new URL('./src/modebench.ts', import.meta.url).pathname } },
  test: {
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: 'forks',
    maxWorkers: '100%',
    projects: [
      {
        extends: true,
        test: {
          name: 'functions',
          include: filesOf(functions),
          exclude: filesOf(compiled),
          isolate: false,
          setupFiles: ['test/support/same-arithmetic.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'compiled',
          include: filesOf(compiled),
          isolate: false,
          setupFiles: ['test/support/same-arithmetic.ts'],
        },
      },
      {
        extends: true,
        test: { name: 'whole', include: ['test/**/*.test.ts'], exclude: filesOf([...functions, ...compiled]) },
      },
    ],
  },
});
