import { readFile } from 'node:fs/promises';
import { build, type Metafile } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { builtIn } from '../../src/catalogue/catalogue.ts';

describe('cards of methods', () => {
  it('has every method, each with words and a source', () => {
    expect(builtIn.cards.methods.map(({ name }) => name)).toEqual([
      ...['gan', 'wgan', 'wgan-gp', 'bigan', 'bigan-l2', 'bigan-pgp', 'encoder-only', 'guided'],
      ...['rpgan-r1r2', 'gan-r1', 'gan-r1r2', 'bigan-rp', 'veegan', 'pacgan2', 'unrolled', 'ms-gan', 'gan-imle'],
      ...['lsgan', 'dragan', 'sngan'],
    ]);
    for (const { description, source } of builtIn.cards.methods) {
      expect(description).not.toContain('\n');
      expect(source).not.toBe('');
    }
  });
});

describe('what the command line loads before it trains', () => {
  it.each([
    'src/modebench.ts',
    'src/catalogue/catalogue.ts',
    'src/experiment/plan.ts',
    'src/experiment/load.ts',
    'src/store/store.ts',
  ])('%s imports neither tfjs nor onnxruntime', async (entry) => {
    const { metafile } = await build({
      entryPoints: [entry],
      bundle: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      write: false,
      metafile: true,
    });
    const imported = loadedFrom(entry, metafile.inputs);
    expect(imported.filter((path) => /tensorflow|onnx/.test(path))).toEqual([]);
    expect(await readFile(entry, 'utf8')).not.toBe('');
  });
});

/** All that loading a file loads with it: what is imported when it is called stays out. */
function loadedFrom(entry: string, inputs: Metafile['inputs']): string[] {
  const seen = new Set([entry]);
  for (const file of seen) {
    for (const { path, kind } of inputs[file]?.imports ?? []) if (kind === 'import-statement') seen.add(path);
  }
  return [...seen];
}
