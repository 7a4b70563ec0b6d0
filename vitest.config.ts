import { availableParallelism } from 'node:os';
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
  'launch/redis/memory',
  'launch/settled',
  'launch/slurm/batch-script',
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
  'report/build',
  'report/diagnoses',
  'report/figures',
  'report/films',
  'report/judging',
  'report/leaderboard',
  'report/load',
  'report/page/compared',
  'report/page/html',
  'report/render',
  'report/reproducibility',
  'report/sheet',
  'report/tables',
  'rope/spec-hashes',
  'schema',
  'store',
  'summary',
  'view/changes',
  'view/guard',
];
/** The same for tests that start runtimes of tensors. */
const compiled = [
  'fuzz/networks',
  'engine/convolutional-step',
  'engine/engines',
  'engine/kernels',
  'engine/lower',
  'engine/native/assembler',
  'engine/native/emit',
  'engine/native/functions',
  'engine/native/kernels',
  'engine/native/plan',
  'engine/native/same-bytes',
  'engine/native/system',
  'engine/onnx',
  'engine/passes',
  'engine/vmap',
  'engine/words',
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
    // Some wait for a queue, a lock or a browser: the others then have the processors.
    maxWorkers: Math.ceil(1.5 * availableParallelism()),
    // In the order of their names: what takes long comes first, and at the end many short files leave no worker idle.
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
        test: { name: 'alone', include: ['test/**/*.test.ts'], exclude: filesOf([...functions, ...compiled]) },
      },
    ],
  },
});
