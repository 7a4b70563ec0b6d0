import { readFile } from 'node:fs/promises';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { methodCatalogue } from '../../src/methods/catalogue.ts';
import { methodNames } from '../../src/schema/spec.ts';

describe('methodCatalogue', () => {
  it('has every method, each with words and a source', () => {
    expect(Object.keys(methodCatalogue)).toEqual([...methodNames]);
    for (const { says, source } of Object.values(methodCatalogue)) {
      expect(says).not.toContain('\n');
      expect(source).not.toBe('');
    }
  });
});

describe('what the command line loads before it trains', () => {
  it.each([
    'src/modebench.ts',
    'src/methods/catalogue.ts',
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
    const imported = Object.values(metafile.inputs).flatMap(({ imports }) => imports.map(({ path }) => path));
    expect(imported.filter((path) => /tensorflow|onnx/.test(path))).toEqual([]);
    expect(await readFile(entry, 'utf8')).not.toBe('');
  });
});
