/** A trace of compiled code names the sources where a map lies beside the code, and is left alone elsewhere. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { transform } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inSources } from '../../../src/launch/local/in-sources.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modebench-traces-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('maps places, columns too', async () => {
  const source = 'type Nothing = 0;\n\nexport const fail = (why: string): never => {\n  throw new Error(why);\n};\n';
  const { code, map } = await transform(source, { loader: 'ts', sourcemap: 'external', sourcefile: 'fail.ts' });
  const module = join(folder, 'fail.mjs');
  await writeFile(module, code);
  await writeFile(`${module}.map`, map);
  const line = code.split('\n').findIndex((text) => text.includes('throw'));
  const place = `${pathToFileURL(module).href}:${line + 1}:${(code.split('\n')[line] ?? '').indexOf('new') + 1}`;
  expect(inSources(`Error: gone\n    at fail (${place})`)).toBe(
    `Error: gone\n    at fail (${join(folder, 'fail.ts')}:4:9)`,
  );
});

it('leaves places without a map, and what is no place', () => {
  const trace = `Error: file:///gone\n    at one (${pathToFileURL(join(folder, 'one.mjs')).href}:3:1)\n    at node:internal/timers:5:9`;
  expect(inSources(trace)).toBe(trace);
});
