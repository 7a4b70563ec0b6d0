/** What a trial left is checked before it is believed: one flipped bit gives other pictures and other scores. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { UsageError } from '../../src/base/usage-error.ts';
import { openTrainedModel } from '../../src/inspect/trained-model.ts';

const stored = fileURLToPath(new URL('../fixtures/store-0.1/ring8/trials/bigan-pgp-s0-e527efb1', import.meta.url));
let folder = '';
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'modebench-trained-')), 'bigan-pgp-s0-e527efb1');
  cpSync(stored, folder, { recursive: true });
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

it('a whole trial opens', async () => {
  const model = await openTrainedModel(folder);
  expect(model.encode).toBeDefined();
  await model.close();
});

it.each(['generator.onnx', 'encoder.onnx'])('one flipped bit in %s is named', async (name) => {
  const bytes = readFileSync(join(folder, name));
  const at = bytes.length - 40; // among the weights: the network loads all the same
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(join(folder, name), bytes);
  const opened = openTrainedModel(folder);
  await expect(opened).rejects.toThrow(UsageError);
  await expect(opened).rejects.toThrow(`${join(folder, name)}: its bytes are not those that the trial left`);
});
