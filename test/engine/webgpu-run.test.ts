/** A whole experiment on WebGPU through the command line, on a software Vulkan, against the processor. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { plainEnvironment, projectRoot, scratch } from '../cli/run-cli.ts';
import { isLong, sized } from '../support/long.ts';
import { swiftshaderIcd, whyNoSwiftshader } from './swiftshader.ts';

const icd = swiftshaderIcd();

/** grid25's smoke preset; `--jobs 1`, so that its shaders are compiled once. */
const smoke = ['exp', 'grid25', '--preset', 'smoke', '--seeds', '1', '--jobs', '1', '--quiet'];

type Row = Readonly<Record<string, string>>;

interface Trained {
  /** trials.csv's row. */
  readonly row: Row;
  /** losses.csv: losses, scores and gradient norms over the training. */
  readonly losses: readonly Row[];
}

/** What each method's trial left. */
async function trained(...where: string[]): Promise<Map<string, Trained>> {
  const store = scratch();
  const child = spawn(process.execPath, ['bin/modebench.mjs', ...smoke, ...where, '--store', store], {
    cwd: projectRoot,
    env: { ...plainEnvironment(), VK_ICD_FILENAMES: icd },
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const code = await new Promise((resolve) => void child.once('close', resolve));
  expect([code, said]).toEqual([0, '']);
  const losses = ({ method, seed, spec }: Row) =>
    rowsOf(join(store, 'grid25/trials', `${method}-s${seed}-${spec}`, 'losses.csv'));
  const rows = rowsOf(join(store, 'grid25/trials.csv'));
  return new Map(rows.map((row) => [row.method ?? '', { row, losses: losses(row) }]));
}

const rowsOf = (path: string): Row[] => parse(readFileSync(path), { columns: true });

/** The furthest that numbers of one row are from those of another, relative to them where they are above 1. */
function distance(row: Row, other: Row): number {
  expect(Object.keys(row)).toEqual(Object.keys(other));
  return Math.max(...Object.keys(other).map((name) => apart(Number(row[name]), Number(other[name]))));
}

const apart = (actual: number, expected: number): number =>
  Math.abs(actual - expected) / Math.max(1, Math.abs(expected));

it.skipIf(icd === undefined || !isLong)(
  `grid25, the smoke preset at its own sizes: a BiGAN is trained as on the processor${isLong ? whyNoSwiftshader : ' (npm run test:long)'}`,
  async () => {
    // Its training magnifies no rounding in these 50 steps, so that all of it, and what is measured at its end, compares.
    const only = ['--methods', 'bigan'];
    const expected = (await trained('--engine', 'onnx', '--device', 'cpu', ...only)).get('bigan');
    const actual = (await trained('--device', 'webgpu', ...only)).get('bigan');
    if (!actual || !expected) throw new Error('bigan was not trained everywhere');
    expect(actual.row).toMatchObject({ status: 'done', device: 'webgpu', steps: '50' });
    expect(actual.losses.map(({ step }) => step)).toEqual(expected.losses.map(({ step }) => step));
    for (const [at, row] of actual.losses.entries())
      expect(distance(row, expected.losses[at] ?? {}), `row ${at} of losses.csv`).toBeLessThan(1e-4);
    expectMeasures('bigan', actual.row, expected.row, 0.02);
  },
  600_000,
);

/**
 * Few and tame steps, in which nothing is magnified: Adam's ε, at 1e-8, would magnify rounding at will. Odd sizes, because a
 * software GPU's compiler takes a second for each form of a matrix product, and these need but one.
 */
const tame = [
  'training.steps=4',
  'evaluation.every=4',
  'evaluation.samples=300',
  'training.batch=15',
  'nets.hidden=15,15',
]
  .concat('training.optimiser.epsilon=0.001')
  .flatMap((value) => ['--set', value]);
const tolerance = 1e-5;
/** A software GPU compiles seconds for each: in short the one that differentiates twice for both networks. */
const methods = sized(['bigan-pgp'], ['bigan', 'bigan-l2', 'bigan-pgp', 'gan', 'rpgan-r1r2', 'wgan', 'wgan-gp']);

it.skipIf(icd === undefined)(
  `grid25, four tame steps: every measure of ${methods.join(', ')} as on the processor, to ${tolerance}${whyNoSwiftshader}`,
  async () => {
    const only = ['--methods', methods.join()];
    const expected = await trained('--engine', 'onnx', '--device', 'cpu', ...tame, ...only);
    const actual = await trained('--device', 'webgpu', ...tame, ...only);
    expect([...actual.keys()].toSorted()).toEqual(methods);
    for (const [method, { row }] of expected) {
      const other = actual.get(method)?.row ?? {};
      expect(other).toMatchObject({ status: 'done', device: 'webgpu', steps: '4' });
      expectMeasures(method, other, row, tolerance);
    }
  },
  180_000,
);

/** Every column but those of time, device and engine. @param most above 1 relative to the value; 0.02 is a fiftieth of a share, and no mode. */
function expectMeasures(method: string, actual: Row, expected: Row, most: number): void {
  expect(Object.keys(actual)).toEqual(Object.keys(expected));
  for (const [name, text] of Object.entries(expected)) {
    if (name === 'wallSeconds' || name === 'device' || name === 'engine') continue;
    const number = Number(text);
    if (text === '' || Number.isNaN(number)) expect([method, name, actual[name]]).toEqual([method, name, text]);
    else expect(apart(Number(actual[name]), number), `${method} ${name}`).toBeLessThan(most);
  }
}
