/** A whole experiment on WebGPU through the command line, on a software Vulkan, against the processor. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { plainEnvironment, projectRoot, scratch } from '../cli/run-cli.ts';
import { swiftshaderIcd, whyNoSwiftshader } from './swiftshader.ts';

const icd = swiftshaderIcd();

/**
 * grid25's smoke preset with all of its methods. A software GPU takes a tenth of a second for what a processor does in a
 * millisecond, so steps, batch and nets are fewer and smaller here; odd sizes, because its compiler takes a second for each
 * form of a matrix product, and these need but one. Adam's ε, at 1e-8, would magnify rounding at will.
 */
const smoke = [
  ...['exp', 'grid25', '--preset', 'smoke', '--seeds', '1', '--jobs', '1', '--quiet'],
  ...['training.steps=4', 'evaluation.every=4', 'evaluation.samples=300', 'training.batch=15', 'nets.hidden=15,15']
    .concat('training.optimiser.epsilon=0.001')
    .flatMap((value) => ['--set', value]),
];

/** Rows of trials.csv by method. */
async function trained(device: string): Promise<Map<string, Readonly<Record<string, string>>>> {
  const store = scratch();
  const child = spawn(process.execPath, ['start.mjs', ...smoke, '--device', device, '--store', store], {
    cwd: projectRoot,
    env: { ...plainEnvironment(), VK_ICD_FILENAMES: icd },
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const code = await new Promise((resolve) => void child.once('close', resolve));
  expect([code, said]).toEqual([0, '']);
  const rows: Record<string, string>[] = parse(readFileSync(join(store, 'grid25/trials.csv')), { columns: true });
  return new Map(rows.map((row) => [row.method ?? '', row]));
}

const about = ['wallSeconds', 'device'];
const tolerance = 1e-5;

it.skipIf(icd === undefined)(
  `grid25, smoke preset: every measure of every method as on the processor, to ${tolerance}${whyNoSwiftshader}`,
  async () => {
    const [expected, actual] = [await trained('cpu'), await trained('webgpu')];
    expect([...actual.keys()].toSorted()).toEqual(['bigan', 'bigan-l2', 'bigan-pgp', 'gan', 'wgan', 'wgan-gp']);
    for (const [method, row] of expected) {
      const other = actual.get(method) ?? {};
      expect(other).toMatchObject({ status: 'done', device: 'webgpu', steps: '4' });
      expect(Object.keys(other)).toEqual(Object.keys(row));
      for (const [name, text] of Object.entries(row).filter(([column]) => !about.includes(column))) {
        const number = Number(text);
        if (text === '' || Number.isNaN(number)) expect([method, name, other[name]]).toEqual([method, name, text]);
        else {
          const difference = Math.abs(Number(other[name]) - number) / Math.max(1, Math.abs(number));
          expect(difference, `${method} ${name}`).toBeLessThan(tolerance);
        }
      }
    }
  },
  180_000,
);
