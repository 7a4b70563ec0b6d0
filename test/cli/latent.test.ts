/** `latent` as its users call it. */
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { decodeRecord, encodeRecord } from '../../src/store/record.ts';
import { type Finished, finished, pictureTrial } from '../inspect/latent/tiny-trial.ts';
import { smallSpec } from '../trial/specs.ts';
import { scratch } from './run-cli.ts';
import { runHere } from './run-here.ts';

// Processes of a second or two each, more beside other tests.
vi.setConfig({ testTimeout: 120_000 });

let bigan: Finished;
let gan: Finished;
beforeAll(async () => {
  bigan = await pictureTrial('bigan');
  gan = await finished(bigan.root, smallSpec('gan'));
  writeFileSync(join(bigan.root, 'text.png'), 'no picture');
  copyFileSync(join(bigan.folder, 'generator.onnx'), join(bigan.root, 'mine.onnx'));
  copyFileSync(join(bigan.folder, 'discriminator.onnx'), join(bigan.root, 'other.onnx'));
  mkdirSync(join(bigan.root, 'ring8/trials/gan-s0-0'), { recursive: true });
  writeFileSync(join(bigan.root, 'ring8/trials/gan-s0-0/checkpoint'), '');
});
afterAll(() => rm(bigan.root, { recursive: true, force: true }));

/** In arguments, for paths that are known when the trials are made. */
const filled = (word: string) =>
  word.replace('BIGAN', bigan.folder).replace('GAN', gan.folder).replace('ROOT', bigan.root);

async function latent(...words: readonly string[]) {
  const out = scratch();
  const ended = await runHere('latent', ...words.map(filled), '--data', bigan.data, '--out', out);
  return { ...ended, out };
}

describe('latent', () => {
  it('interpolates, and says what it did, the figures and where the files are', async () => {
    const { code, stdout, stderr, out } = await latent('interpolate', 'BIGAN', '--points', '3', '--steps', '4');
    expect([code, stderr]).toEqual([0, '']);
    const lines = stdout.trim().split('\n');
    expect(lines[0]).toBe(`${bigan.id} (pictures, pictures of 8 × 8 × 1)`);
    expect(lines[1]).toBe('3 legs of 4 steps, linear, between 3 draws of the prior (uniform on [-1, 1), 3-D; seed 0)');
    expect(lines.at(-1)).toBe(`Files in ${out}: interpolate.png, interpolate.gif, interpolate.csv`);
    for (const name of ['png', 'gif', 'csv']) expect(existsSync(join(out, `interpolate.${name}`))).toBe(true);
  });

  it('interpolates between pictures of the user, by a generator alone along arcs, and points', async () => {
    const png = await sharp({ create: { width: 20, height: 10, channels: 3, background: 'white' } })
      .png()
      .toBuffer();
    const [a, b] = ['a.png', 'b.png'].map((name) => join(bigan.root, name)) as [string, string];
    for (const path of [a, b]) writeFileSync(path, png);
    const pictures = await latent('interpolate', 'BIGAN', '--between', `${a},${b}`);
    expect([pictures.code, pictures.stderr]).toEqual([0, '']);
    expect(pictures.stdout).toContain('1 leg of 10 steps, linear, between E(x) of a.png, b.png');
    expect(pictures.stdout).toContain('2 of 2 had another size: cut to the middle square and resized to 8 × 8');
    const alone = await latent('interpolate', 'ROOT/mine.onnx', '--prior', 'normal');
    expect(alone.stdout).toContain('6 legs of 10 steps, spherical, between 6 draws of the prior (normal, σ 1, 3-D');
    const points = await latent('interpolate', 'GAN');
    expect(points.stdout).toContain('points make no GIF');
  });

  it('reconstructs held-out pictures', async () => {
    const { code, stdout, out } = await latent('reconstruct', 'BIGAN', '--count', '7');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^7 held-out pictures of quarters through E and G$/m);
    expect(stdout).toMatch(/^Mean ‖x − G\(E\(x\)\)‖ [\d.]+ data units, .* SSIM -?[\d.]+$/m);
    expect(readFileSync(join(out, 'reconstruct.csv'), 'utf8').trim().split('\n')).toHaveLength(8);
  });

  it('inverts from both starts where there is an encoder, and says what was minimised', async () => {
    const { code, stdout, out } = await latent('invert', 'BIGAN', '--iterations', '20', '--count', '3');
    expect(code).toBe(0);
    expect(stdout).toContain('mean squared pixel distance alone (quarters has no labels to train a classifier on)');
    for (const start of ['the best of 16 draws', 'E\\(x\\)']) {
      const [, before, after] = new RegExp(`^From ${start}: .* ([\\d.e-]+) → ([\\d.e-]+)$`, 'm').exec(stdout) ?? [];
      expect(Number(after)).toBeLessThan(Number(before));
    }
    for (const name of ['invert.png', 'invert.csv', 'invert-curve.png']) expect(existsSync(join(out, name))).toBe(true);
  });

  it('traverses', async () => {
    const { code, stdout } = await latent('traverse', 'BIGAN', '--dimensions', '2,0', '--steps', '3');
    expect(code).toBe(0);
    expect(stdout).toContain('traverse.png, rows from above: z2, z0');
  });

  it.each<[string[], RegExp]>([
    [['interpolat', 'BIGAN'], /expected one of interpolate, .*got 'interpolat'; did you mean 'interpolate'\?/],
    [['invert', 'ROOT/nowhere'], /nowhere is not there: expected a trial's folder or its generator\.onnx/],
    [['invert', 'ROOT'], /expected a trial's folder, it has no trial\.json/],
    [['invert', 'ROOT/ring8/trials/gan-s0-0'], /this trial is unfinished; npm run exp -- ring8 goes on with it/],
    [['invert', 'ROOT/text.png'], /expected a trial's folder or its generator\.onnx, this is another file/],
    [['traverse', 'ROOT/other.onnx'], /expected a network z → x of any batch size, it is x, z → logit/],
    [['invert', 'ROOT/mine.onnx'], /invert: needs more than a generator\.onnx; expected the folder of its trial/],
    [['reconstruct', 'GAN'], /reconstruct: gan has no encoder; methods with one: bigan, bigan-l2, bigan-pgp/],
    [['interpolate', 'GAN', '--between', 'a.png,b.png'], /--between: gan has no encoder; methods with one: bigan/],
    [['invert', 'GAN', '--start', 'both'], /--start both: gan has no encoder/],
    [['invert', 'GAN', '--pictures', 'a.png'], /--pictures: gan-s0-\w+ makes points of 2 numbers, no pictures/],
    [['reconstruct', 'BIGAN', '--pictures', 'ROOT/text.png'], /text\.png: expected a picture, could not read it/],
    [['traverse', 'BIGAN', '--dimensions', '3'], /--dimensions: expected numbers from 0 to 2, got 3/],
    [['traverse', 'BIGAN', '--points', '3'], /--points is an option of interpolate; traverse takes --dimensions,/],
    [['interpolate', 'BIGAN', '--steps', '1'], /--steps: expected a whole number from 2 to 60, got '1'/],
    [['interpolate', 'BIGAN', '--prior', 'normal'], /--prior: for a generator\.onnx alone/],
    [['interpolate', 'BIGAN', '--point', '3'], /unknown option --point; did you mean --points\?/],
    [['interpolate', 'BIGAN', '--between', 'a.png'], /--between: expected two pictures or more, .*got 'a\.png'/],
  ])('refuses %j in one line', async (words, message) => {
    const { code, stdout, stderr } = await latent(...words);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('refuses trials that diverged', async () => {
    const path = join(gan.folder, 'trial.json');
    const text = readFileSync(path, 'utf8');
    const record = decodeRecord(text);
    writeFileSync(path, encodeRecord({ ...record, status: 'diverged', reason: 'lossD is not finite at step 3' }));
    const { code, stderr } = await latent('interpolate', 'GAN');
    writeFileSync(path, text);
    expect(code).toBe(2);
    expect(stderr).toContain('this trial has diverged (lossD is not finite at step 3); expected one that is done');
  });
});
