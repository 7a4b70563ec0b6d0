import { defineConfig } from 'vitest/config';

/** Tests of functions: a process runs many files, which spares each the time to load its modules. */
const functions = [
  'base',
  'datasets',
  'disk',
  'engine/capture',
  'engine/graph',
  'experiment',
  'methods',
  'metrics',
  'nets',
  'optimisers',
  'pictures',
  'priors',
  'report/figures',
  'report/films',
  'schema',
  'store',
  'summary',
];
/** The same for tests that start runtimes of tensors. */
const compiled = [
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
    testTimeout: 30_000,
    hookTimeout: 60_000,
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
