import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { alias: { modebench: new URL('./src/modebench.ts', import.meta.url).pathname } },
  test: { include: ['test/**/*.test.ts'], testTimeout: 30_000, hookTimeout: 60_000, pool: 'forks', maxWorkers: '100%' },
});
