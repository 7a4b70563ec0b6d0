/** Playing, without a browser or a process: its steps are a trial's, a course played again ends alike, what is kept is an experiment. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { builtIn } from '../../src/catalogue/catalogue.ts';
import { loadExperiment } from '../../src/experiment/load.ts';
import { changedSpec, resolveTrial } from '../../src/experiment/resolve.ts';
import { Clock } from '../../src/trial/clock.ts';
import { PlaySession } from '../../src/trial/play-session.ts';
import { setUpTrial } from '../../src/trial/setup.ts';
import { clusters, pointsIn } from '../../src/view/play/cluster.ts';
import {
  type Action,
  commandOf,
  modesText,
  parseModes,
  parseVariant,
  type Variant,
  variantText,
} from '../../src/view/play/course.ts';
import { keptExperiment } from '../../src/view/play/kept-experiment.ts';
import { lessons } from '../../src/view/play/lessons.ts';
import type { Order, PlayedFrame, Report } from '../../src/view/play/messages.ts';
import { PlayLoop } from '../../src/view/play/play-loop.ts';
import { groundOf, playables, specOf } from '../../src/view/play/subject.ts';
import { noNative } from '../support/native.ts';

const small = ['training.batch=16', 'nets.hidden=[8,8]'];
const ring = async (method: string, ...sets: string[]) =>
  changedSpec(
    resolveTrial(await loadExperiment('ring8'), { method, seed: 3 }),
    [...small, ...sets].map((set) => {
      const [path = '', text = ''] = set.split('=');
      return { path, text };
    }),
  );

const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({
    turn: fc.constantFrom('both' as const, 'discriminator' as const, 'players' as const),
    steps: fc.integer({ min: 1, max: 1e6 }),
  }),
  fc.record({ path: name, text: fc.stringMatching(/^[a-z0-9.,[\]=-]{1,8}$/) }),
);
const variant: fc.Arbitrary<Variant> = fc.record({
  subject: fc.oneof(
    fc.record({ kind: fc.constant('method' as const), experiment: name, method: name, preset: name }),
    fc.record({ kind: fc.constantFrom('networks' as const, 'settings' as const), experiment: name, trial: name }),
  ),
  actions: fc.array(action, { maxLength: 6 }),
});

describe('the text of what is played', () => {
  it('says all of it', () => {
    fc.assert(
      fc.property(variant, (one) => {
        expect(parseVariant(variantText(one))).toEqual(one);
      }),
    );
  });

  it.each(['', 'ring8', 'ring8/gan/a/b', 'ring8/gan x', 'ring8/gan 0', 'ring8/gan loss=', 'ring8/gan 99999999999'])(
    'refuses %j',
    (text) => expect(parseVariant(text)).toBeUndefined(),
  );

  it('holds drawn modes', () => {
    const text = '0,1,0.1;-2.5,0,0.25,3';
    expect(modesText(parseModes(text) ?? [])).toBe(text);
    for (const wrong of ['', '0,1', '0,1,0', '0,1,-1', '0,1,0.1,1,1', 'a,b,c'])
      expect(parseModes(wrong)).toBeUndefined();
  });

  it('is a command of the last settings', () => {
    const played = parseVariant('ring8/gan/authors loss=hinge 400 D5 loss=linear 3');
    expect(played && commandOf(played, 7, false)).toBe(
      'npm run exp -- ring8 --methods gan --seeds 7..7 --preset authors --set loss=linear',
    );
  });
});

describe.skipIf(noNative !== '')('a session', () => {
  it('takes the steps of a trial, bit by bit', async () => {
    const spec = await ring('bigan-pgp', 'encoder.noise=2', 'training.steps=16', 'evaluation.every=16');
    const options = { engine: 'native', device: 'cpu', catalogue: builtIn, data: '' } as const;
    const { step, initialState, batches, stepsPerRun } = await setUpTrial(spec, options, new Clock());
    step.load(initialState);
    for (let at = 0; at < 16; at += stepsPerRun) await step.run(batches.draw(at));
    const session = await PlaySession.open(spec, builtIn, '');
    for (let at = 0; at < 16; at++) await session.advance('both');
    expect(session.state()).toEqual(step.state());
    const again = await PlaySession.open(spec, builtIn, '', { step: 16, arrays: step.state() });
    expect(again.state()).toEqual(step.state());
    await session.close();
  });

  it('carries weights over to other settings, an encoder’s beside new rows for its noise; refuses other networks', async () => {
    const session = await PlaySession.open(await ring('bigan-pgp'), builtIn, '');
    for (let at = 0; at < 3; at++) await session.advance('both');
    const before = session.state();
    await session.change(await ring('bigan-pgp', 'penalty.weight=3', 'training.optimiser.rate=0.01'));
    expect(session.state()).toEqual(before);
    await session.change(await ring('bigan-pgp', 'encoder.noise=1'));
    const { players, discriminator } = session.state();
    // E(x) of 2 numbers came before E(x, ε) of 3: its first layer has a row of 8 more, all else is as it was.
    const generator = 2 * 8 + 8 + 8 * 8 + 8 + 8 * 2 + 2;
    const first = generator + 2 * 8;
    expect(discriminator).toEqual(before.discriminator);
    expect(players?.subarray(0, first)).toEqual(before.players?.subarray(0, first));
    expect(players?.subarray(first + 8)).toEqual(before.players?.subarray(first));
    await session.advance('both');
    await expect(session.change(await ring('gan'))).rejects.toThrow('method: it is chosen before the first step');
    expect(session.step).toBe(4);
    await session.close();
  });
});

/** Plays a text to its end; with what was told. */
async function play(text: string, data?: string, early?: Order) {
  const told: Report[] = [];
  const { subject, actions } = parseVariant(text) as Variant; // the tests' own texts
  const opening = { variant: text, seed: 0, ...(data !== undefined && { data }) };
  const loop = await PlayLoop.open(groundOf(opening, subject, undefined), actions, (report) => told.push(report));
  onTestFinished(() => loop.close());
  if (early) loop.take(early); // what the address says comes first
  await loop.settled();
  const frames = () => told.filter((report): report is PlayedFrame => report.kind === 'frame');
  return { loop, told, last: () => frames().at(-1) as PlayedFrame, frames };
}

describe('playing', () => {
  it('obeys orders, keeps the course of what was done, and ends alike when that is played again', async () => {
    const { loop, told, last } = await play(`ring8/bigan ${small.join(' ')}`);
    loop.take({ kind: 'run', turn: 'both', steps: 20 });
    await loop.settled();
    loop.take({ kind: 'run', turn: 'discriminator', steps: 2 });
    await loop.settled();
    loop.take({ kind: 'set', path: 'critic.steps', text: '0' });
    loop.take({ kind: 'set', path: 'nets.hidden', text: '[4]' });
    loop.take({ kind: 'set', path: 'critic.steps', text: '2' });
    await loop.settled();
    loop.take({ kind: 'run', turn: 'players', steps: 1 });
    await loop.settled();
    expect(last()).toMatchObject({ course: `${small.join(' ')} 20 D2 critic.steps=2 G1`, isRunning: false });
    const refused = told.flatMap((report) => (report.kind === 'refused' ? [report.message] : []));
    expect(refused).toEqual([
      expect.stringContaining('critic.steps: expected'),
      'nets: it is chosen before the first step: start anew with it',
    ]);
    const again = await play(`ring8/bigan ${last().course}`, undefined, { kind: 'run', turn: 'both', steps: 1 });
    expect(again.last().course).toBe(`${last().course} 1`);
    expect(again.frames().map(({ frame }) => frame)).toContainEqual(last().frame);
  });

  it('plays on until it is told to pause, in slow motion too', async () => {
    const { loop, last, frames } = await play(`ring8/gan ${small.join(' ')}`);
    loop.take({ kind: 'run', turn: 'both', rate: 200 });
    await expect.poll(() => frames().length, { timeout: 60_000 }).toBeGreaterThan(2);
    expect(last().isRunning).toBe(true);
    loop.take({ kind: 'pause' });
    await loop.settled();
    expect(last().isRunning).toBe(false);
  });

  it('plays drawn data, and says why something cannot be played', async () => {
    const { told } = await play(`ring8/gan ${small.join(' ')} 2`, '0,0,0.1;1,1,0.1');
    expect(told.find((report) => report.kind === 'played')).toMatchObject({ truth: { centres: [0, 0, 1, 1] } });
    await expect(play('ring8/gan', 'x')).rejects.toThrow('data: expected modes');
    await expect(play('ring/gan')).rejects.toThrow('there is no experiment');
  });

  it('lists what fits', async () => {
    const all = await playables();
    const names = all.map(({ experiment }) => experiment);
    expect(names).toContain('ring8');
    // The smallest preset that learns anything: with the one called smoke nothing is to be seen.
    expect(all.find(({ experiment }) => experiment === 'mnist')).toMatchObject({ usual: 'cpu' });
    expect(all.find(({ experiment }) => experiment === 'ring8')?.methods).toContain('veegan');
  });
});

it.each(lessons.flatMap(({ name, options }) => ['a', 'b'].flatMap((at) => (options[at] ? [[name, options[at]]] : []))))(
  'the lesson %s begins with something that can be played: %s',
  async (_, text) => {
    const { subject, actions } = parseVariant(text) as Variant; // of our own list
    const spec = await specOf(groundOf({ variant: text, seed: 0 }, subject, undefined), actions);
    expect(spec.method).toBe('method' in subject && subject.method);
  },
);

describe('points', () => {
  it('are gathered into modes with their means, spreads and shares, and read from what was pasted', () => {
    const points = pointsIn('x0,x1\n0 0\n0.1\t0\n\n5;5;9\nnot, a point');
    expect(points).toEqual([
      [0, 0],
      [0.1, 0],
      [5, 5],
    ]);
    expect(clusters(points, 2)).toEqual([
      { x: 0.05, y: 0, std: expect.closeTo(0.0707, 3), weight: 2 },
      { x: 5, y: 5, std: expect.closeTo(0.0707, 3), weight: 1 },
    ]);
    expect([clusters([], 3), clusters([[1, 1]], 3)]).toEqual([
      [],
      [{ x: 1, y: 1, std: expect.any(Number), weight: 1 }],
    ]);
  });
});

describe('what is kept', () => {
  it.each(['bigan-pgp', 'gan'])('is an experiment that resolves to what was played: %s', async (method) => {
    const folder = mkdtempSync(join(tmpdir(), 'modebench-kept-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const { subject } = parseVariant(`ring8/${method}`) as Variant; // as above
    const ground = groundOf({ variant: '', seed: 0, data: '0,0,0.1;1,1,0.2,3' }, subject, undefined);
    const spec = await specOf(ground, [{ path: 'training.optimiser.rate', text: '0.01' }]);
    const { name, text } = keptExperiment(spec, builtIn, 'ring8/gan */ 400');
    writeFileSync(join(folder, name), text);
    const kept = await loadExperiment(join(folder, name));
    expect(resolveTrial(kept, { method, seed: 0 })).toEqual({ ...spec, experiment: name.replace('.ts', '') });
  });
});
