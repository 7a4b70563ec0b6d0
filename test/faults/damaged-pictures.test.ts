/** A prepared set of pictures of which a file was cut short or one bit is another: refused with the command that makes it whole. */
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { readManifest } from '../../src/datasets/pictures/manifest.ts';
import { scratch } from '../cli/run-cli.ts';
import { cutShort, flipBit, flipped } from './damage.ts';
import { run } from './runs.ts';

// Seconds alone, more beside other tests.
vi.setConfig({ testTimeout: 180_000 });

const files = ['images.u8', 'labels.u8', 'manifest.json'];
const bytesOf = (root: string) => files.map((name) => readFileSync(join(root, 'shapes', name)));

/** Forty simulated faces. */
async function prepared(): Promise<string> {
  const root = scratch();
  expect((await run(['data', 'shapes', '--count', '40', '--size', '32', '--data', root])).code).toBe(0);
  return root;
}

const refused = (reason: string) => ({
  code: 2,
  stdout: '',
  stderr: expect.stringMatching(
    new RegExp(`^modebench: \\S*${reason}; make it again with npm run data -- shapes [^\\n]*--fresh\\n$`),
  ),
});

it('each file is refused by name, and the command that is told makes the same bytes again', async () => {
  const root = await prepared();
  const whole = bytesOf(root);
  const [verify, there] = [
    ['data', 'shapes', '--data', root, '--verify'],
    ['data', 'shapes', '--data', root],
  ];
  const at = (name: string) => join(root, 'shapes', name);

  cutShort(at('labels.u8'));
  expect(await run(there)).toEqual({ ...refused('labels\\.u8: expected \\d+ bytes, it has \\d+ bytes'), signal: null });
  for (const name of ['labels.u8', 'images.u8']) {
    writeFileSync(at('labels.u8'), whole[1] ?? '');
    flipBit(at(name), name);
    const said = await run(verify);
    expect(said).toMatchObject(refused(`${name}: its bytes are not those that were prepared \\(SHA-256 differs\\)`));
  }
  // Before anything is trained on it.
  const trained = await run([
    'exp',
    'celeba',
    '--preset',
    'shapes-cpu',
    '--data',
    root,
    '--store',
    scratch(),
    '--quiet',
  ]);
  expect(trained).toMatchObject(
    refused('images\\.u8: its bytes are not those that were prepared \\(SHA-256 differs\\)'),
  );
  const again = /npm run data -- (shapes [^\n]*--fresh)$/m.exec(trained.stderr)?.[1]?.split(' ') ?? [];
  expect((await run(['data', ...again])).code).toBe(0);
  expect(bytesOf(root)).toEqual(whole);
  expect(readdirSync(join(root, 'shapes')).sort()).toEqual(files);

  for (const damage of [cutShort, (path: string) => flipBit(path, 'a manifest')]) {
    writeFileSync(at('manifest.json'), whole[2] ?? '');
    damage(at('manifest.json'));
    expect(await run(there)).toMatchObject(refused('manifest\\.json: .*'));
  }
});

it('every bit of a manifest counts', async () => {
  const root = await prepared();
  const copy = join(scratch(), 'shapes');
  mkdirSync(copy);
  cpSync(join(root, 'shapes/manifest.json'), join(copy, 'manifest.json'));
  expect(readManifest(copy)?.train).toBe(36);
  const bytes = readFileSync(join(copy, 'manifest.json'));
  fc.assert(
    fc.property(fc.nat(bytes.length * 8 - 1), (bit) => {
      writeFileSync(join(copy, 'manifest.json'), flipped(bytes, bit));
      expect(() => readManifest(copy)).toThrow(
        /^[^\n]*manifest\.json: [^\n]*make it again with npm run data -- shapes /,
      );
    }),
    { numRuns: 300 },
  );
});
