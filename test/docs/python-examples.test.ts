/**
 * The Python examples of the documentation, run by the interpreters that MODEBENCH_PYTHON names (several are separated as in PATH):
 * each by the first that has the packages it needs, and skipped where none has.
 */
import { execFile, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { readCsv } from '../../src/disk/csv.ts';
import { runHere } from '../cli/run-here.ts';
import { fenced, root } from './pages-on-disk.ts';

const interpreters = (process.env.MODEBENCH_PYTHON ?? '').split(delimiter).filter((name) => name !== '');

/** A test that runs where an interpreter has the packages. */
function where(
  packages: string,
  name: string,
  test: (run: (code: string) => Promise<string>, folder: string) => Promise<void>,
) {
  const python = interpreters.find((one) => spawnSync(one, ['-c', `import ${packages}`]).status === 0);
  const skipped = python === undefined ? ` (skipped: no interpreter in MODEBENCH_PYTHON has ${packages})` : '';
  it.skipIf(skipped)(
    `${name}${skipped}`,
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'modebench-python-'));
      onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
      const PATH = `${folder}${delimiter}${process.env.PATH}`;
      const settings = { cwd: folder, env: { ...process.env, PATH, TF_CPP_MIN_LOG_LEVEL: '3' } };
      await test(async (code) => (await promisify(execFile)(python ?? '', ['-c', code], settings)).stdout, folder);
    },
    240_000,
  );
}

const examples = (page: string): readonly string[] => fenced(readFileSync(join(root, page), 'utf8'), 'python');

async function scored(...words: readonly string[]): Promise<Record<string, number>> {
  const { code, stdout, stderr } = await runHere('score', ...words, '--against', 'grid25', '--json');
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return JSON.parse(stdout).scored[0].scores;
}

where('torch, numpy', 'samples of PyTorch', async (run, folder) => {
  const [samples = ''] = examples('docs/scores.md');
  await run(`import numpy as np, torch\nG = torch.nn.Linear(2, 2)\n${samples}`);
  expect(await scored(join(folder, 'samples.npy'))).toHaveProperty('modesCaptured');
});

where('torch, onnx', 'a generator of PyTorch', async (run, folder) => {
  const [, generator = ''] = examples('docs/scores.md');
  await run(`import torch\nG = torch.nn.Linear(2, 2)\n${generator}`);
  const scores = await scored(join(folder, 'generator.onnx'), '--latent', 'uniform:2');
  expect(scores).toHaveProperty('modesCaptured');
});

where('jax, numpy', 'samples of JAX', async (run, folder) => {
  const [, , jax = ''] = examples('docs/scores.md');
  await run(`import jax, numpy as np\nparams = 4.0\napply = lambda params, z: params * z\n${jax}`);
  const { modesCaptured } = await scored(join(folder, 'samples.npy'));
  expect(modesCaptured).toBeGreaterThan(5); // a square over all of them
});

where('numpy', 'a notebook that asks for the scores', async (run, folder) => {
  const [, , , notebook = ''] = examples('docs/scores.md');
  const npx = join(folder, 'npx');
  writeFileSync(npx, `#!/bin/sh\nshift\nexec '${process.execPath}' '${join(root, 'bin/modebench.mjs')}' "$@"\n`);
  chmodSync(npx, 0o755);
  const samples = "import numpy as np\nnp.save('samples.npy', np.random.default_rng(0).uniform(-4, 4, (2500, 2)))";
  const said = await run(`${samples}\n${notebook.replace(/^document\['.*$/m, 'print($&)')}`);
  expect(said).toMatch(/modes.*'modesCaptured': \d+/);
});

where('pandas', 'the table of an experiment', async (run, folder) => {
  const [table = ''] = examples('docs/store.md');
  cpSync(join(root, 'results/reference/grid25/trials.csv'), join(folder, 'results/grid25/trials.csv'));
  expect(await run(table)).toMatch(/bigan-pgp +25\.0 +0\.0+ +25/);
});

where('onnxruntime, numpy', 'samples of a trained generator', async (run, folder) => {
  const [, drawn = ''] = examples('docs/store.md');
  const [path = ''] = /results\/[^']+/.exec(drawn) ?? [];
  mkdirSync(join(folder, path, '..'), { recursive: true });
  const trial = 'test/fixtures/store-0.1/ring8/trials/bigan-pgp-s0-e527efb1';
  cpSync(join(root, trial, 'generator.onnx'), join(folder, path));
  expect(await run(`${drawn}\nprint(x.shape)`)).toContain('(1000, 2)');
});

where('tensorboard', 'an export, as TensorBoard reads it', async (run, folder) => {
  const store = join(root, 'test/fixtures/store-0.1');
  for (const [to, name] of [
    ['tensorboard', 'logs'],
    ['csv', 'x.csv'],
  ] as const)
    expect(await runHere('export', 'ring8', '--to', to, '--store', store, '--out', join(folder, name))).toMatchObject({
      code: 0,
    });
  const trial = 'bigan-pgp-s0-e527efb1';
  const read = `
import json
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
events = EventAccumulator('logs/${trial}').Reload()
print(json.dumps({'images': events.Tags()['images'], 'curve': [[one.step, one.value] for one in events.Scalars('modesCaptured')]}))`;
  const { images, curve } = JSON.parse(await run(read));
  const { rows } = readCsv(readFileSync(join(folder, 'x.csv'), 'utf8'), 'x.csv');
  const own = rows.filter((row) => row.get('trial') === trial);
  expect(curve).toEqual(own.map((row) => [Number(row.get('step')), Number(row.get('modesCaptured'))]));
  expect(images).toEqual(['samples']);
});
