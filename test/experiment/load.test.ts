import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UsageError } from '../../src/base/usage-error.ts';
import type { ResolvedSpec } from '../../src/catalogue/spec.ts';
import { catalogueFor, experimentFrom, loadExperiment } from '../../src/experiment/load.ts';
import { resolveTrial } from '../../src/experiment/resolve.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modebench-load-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const fields: Record<string, string> = {
  claim: "'mine'",
  source: "'me'",
  data: 'gaussianLine({ centres: [-1, 1], std: 0.1 })',
  latent: 'normal({ dim: 1, std: 1 })',
  nets: "mlps({ hidden: [8], activation: 'relu', initialiser: 'he-normal' })",
  training: '{ steps: 10, batch: 4, optimiser: rmsprop({ rate: 1e-3, decay: 0.9 }) }',
  methods: "['gan', 'bigan-pgp']",
  measures: '[modeCoverage()]',
  presets: '{ smoke: {} }',
};

/** An author's file with some of its fields said otherwise; `undefined` leaves one out. */
async function write(name: string, changes: Record<string, string | undefined> = {}): Promise<string> {
  const said = Object.entries({ ...fields, ...changes }).filter(([, text]) => text !== undefined);
  const path = join(folder, name);
  await writeFile(
    path,
    `import { defineExperiment, gaussianLine, mlps, modeCoverage, normal, rmsprop } from 'modebench';
     export default defineExperiment({ ${said.map(([key, text]) => `${key}: ${text}`).join(',\n')} });`,
  );
  return path;
}

describe('a file of the user’s own', () => {
  it('loads from anywhere, TypeScript and what it imports included, under its own name', async () => {
    await writeFile(join(folder, 'steps.ts'), 'export const steps: number = 33;');
    const path = join(folder, 'my run (2).ts');
    await writeFile(
      path,
      `import { defineExperiment, gaussianLine, mlps, modeCoverage, normal, rmsprop } from 'modebench';
       import { steps } from './steps.ts';
       export default defineExperiment({ ...${JSON.stringify({ claim: 'c', source: 's' })}, data: ${fields.data}, latent: ${fields.latent},
         nets: ${fields.nets}, training: { steps, batch: 4, optimiser: rmsprop({ rate: 1e-3, decay: 0.9 }) },
         methods: ['gan'], measures: [modeCoverage()], presets: { smoke: {} } });`,
    );
    const experiment = await loadExperiment(path);
    expect(experiment.name).toBe('my-run-2-');
    expect(resolveTrial(experiment, { method: 'gan', seed: 1 }).training.steps).toBe(33);
  });

  it.each(['mine.ts', 'mine.mjs', 'mine.cjs', './mine.ts', 'mine.mts'])(
    'a path is meant from the folder that is named: %s',
    async (path) => {
      await write(path);
      expect((await loadExperiment(experimentFrom(folder, path))).claim).toBe('mine');
      await expect(loadExperiment(path)).rejects.toThrow(`there is no experiment file ${path}`);
    },
  );

  it.each([
    ['import.meta.url of an ES module', 'mjs', "readFileSync(new URL('./about.txt', import.meta.url), 'utf8')"],
    ['import.meta.dirname', 'ts', "readFileSync(join(import.meta.dirname as string, 'about.txt'), 'utf8')"],
    [
      '__dirname of its own, as ES modules have it',
      'ts',
      "((__dirname) => readFileSync(join(__dirname, 'about.txt'), 'utf8'))(dirname(fileURLToPath(import.meta.url)))",
    ],
    ['createRequire', 'mts', "createRequire(import.meta.url)('./about.json')"],
  ])('runs as if it lay where it lies: %s', async (_, ending, reads) => {
    await writeFile(join(folder, 'about.txt'), 'from beside');
    await writeFile(join(folder, 'about.json'), '"from beside"');
    const path = await write(`places.${ending}`, { claim: `await Promise.resolve(${reads})` });
    const imports = `#!/usr/bin/env node
      import { readFileSync } from 'node:fs'; import { createRequire } from 'node:module';
      import { dirname, join } from 'node:path'; import { fileURLToPath } from 'node:url';`;
    await writeFile(path, `${imports}\n${await readFile(path, 'utf8')}`);
    expect((await loadExperiment(path)).claim).toBe('from beside');
  });

  it.each([
    ['a module of Node', "require('node:fs').existsSync(__filename) ? 'is there' : 'is not'", 'is there'],
    ['a module of Node, by its short name', "require('os').platform()", process.platform],
    ['a file beside it', "require('./about.json')", 'from beside'],
    [
      'a path from __dirname',
      "require('fs').readFileSync(require('path').join(__dirname, 'about.txt'), 'utf8')",
      'from beside',
    ],
  ])('CommonJS may require %s', async (_, required, claim) => {
    await writeFile(join(folder, 'about.txt'), 'from beside');
    await writeFile(join(folder, 'about.json'), '"from beside"');
    const source = (await readFile(await write('plain.cjs', { claim: required }), 'utf8'))
      .replace(/import (\{.*\}) from 'modebench';/, "'use strict'; const $1 = require('modebench');")
      .replace('export default', 'module.exports =');
    await writeFile(join(folder, 'plain.cjs'), source);
    expect((await loadExperiment(join(folder, 'plain.cjs'))).claim).toBe(claim);
  });

  it('its default export may be a promise', async () => {
    const path = await write('later.ts');
    const source = (await readFile(path, 'utf8')).replace('export default', 'export default Promise.resolve(');
    await writeFile(path, source.replace(/;\s*$/, ');'));
    expect((await loadExperiment(path)).claim).toBe('mine');
    await writeFile(path, "export default Promise.reject(new Error('not today'));");
    await expect(loadExperiment(path)).rejects.toThrow(`${path}: throws while it loads: not today`);
  });

  it('is read anew when it changes', async () => {
    const path = await write('changing.ts');
    expect((await loadExperiment(path)).claim).toBe('mine');
    await write('changing.ts', { claim: "'another'" });
    expect((await loadExperiment(path)).claim).toBe('another');
  });

  it.each<[string, Record<string, string | undefined>]>([
    ['claim: expected a text, got nothing', { claim: undefined }],
    ['claim: expected at least 1 letters', { claim: "' '" }],
    ["unknown key 'measure'; did you mean 'measures'?", { measure: '1' }],
    ["presets.smoke: unknown key 'trainig'; did you mean 'training'?", { presets: '{ smoke: { trainig: {} } }' }],
    [
      'presets.smoke: training.steps: expected a whole number, got 2.5',
      { presets: '{ smoke: { training: { steps: 2.5 } } }' },
    ],
    [
      "training: unknown key 'step'; did you mean 'steps'?",
      { training: '{ steps: 1, step: 2, batch: 1, optimiser: rmsprop({ rate: 1, decay: 0 }) }' },
    ],
    [
      "nets.activation: expected relu or leaky-relu, got 'tanh'",
      { nets: "{ kind: 'mlp', hidden: [8], activation: 'tanh', initialiser: 'he-normal' }" },
    ],
    [
      'data.kind: expected gaussian-grid, gaussian-rings, gaussian-line, gaussian-clusters, gaussian-mixture, swiss-roll, points or images',
      { data: "{ kind: 'blob' }" },
    ],
    ['data: expected an object, got nothing', { data: undefined }],
    ['methods: expected at least 1 items', { methods: '[]' }],
    ['methods.0', { methods: "['gna']" }],
    ['methods: gan stands there twice', { methods: "['gan', 'gan']" }],
    ['measures: expected at least 1 items', { measures: '[]' }],
    [
      "expects.gan.modesCaptured: unknown key 'atleast'; did you mean 'atLeast'?",
      { expects: '{ gan: { modesCaptured: { atleast: 2 } } }' },
    ],
    [
      'expects.gan.modesCaptured: expected one of atLeast, atMost or exactly, got {}',
      { expects: '{ gan: { modesCaptured: {} } }' },
    ],
  ])('is refused in one line that names file and place: %s', async (says, changes) => {
    const path = await write('wrong.ts', changes);
    const error: unknown = await loadExperiment(path).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(UsageError);
    expect(String(error)).toContain(`${path}: `);
    expect(String(error)).toContain(says);
    expect(String(error)).not.toContain('\n');
  });

  it.each([
    ['line 2, column', 'const a = 1;\nconst = 5;'],
    ['throws while it loads: not today', "throw new Error('not today\\nor ever');"],
    ['expected a default export', 'export const a = 1;'],
    ['expected an object, got 5', 'export default 5;'],
    ['Could not resolve "./nowhere"', "import './nowhere';"],
  ])('says why it cannot be loaded: %s', async (says, text) => {
    const path = join(folder, 'broken.ts');
    await writeFile(path, text);
    const error: unknown = await loadExperiment(path).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(UsageError);
    expect(String(error)).toContain(path);
    expect(String(error)).toContain(says);
    expect(String(error)).not.toContain('\n');
  });

  it('has to be there', async () => {
    await expect(loadExperiment('./nowhere/mine.ts')).rejects.toThrow('there is no experiment file ./nowhere/mine.ts');
    await expect(loadExperiment(`${folder}/`)).rejects.toThrow(UsageError);
  });
});

describe('a name', () => {
  it('that is not there gets the nearest, or the list', async () => {
    await expect(loadExperiment('grid52')).rejects.toThrow("there is no experiment 'grid52'; did you mean 'grid25'?");
    await expect(loadExperiment('mine')).rejects.toThrow('there are celeba, cifar10, clusters5, encoder-only, gr');
    await expect(loadExperiment('__proto__')).rejects.toThrow(UsageError);
  });
});

it('kinds of a file that was changed and put right again are found, however long the process lives', async () => {
  const path = join(folder, 'kinds.ts');
  const text = (
    description: string,
  ) => `import { adam, defineExperiment, defineMetric, gaussianLine, mlps, normal } from 'modebench';
    const none = defineMetric({ kind: 'none', description: '${description}',
      columns: [{ name: 'nothing', title: 'nothing', unit: 'number', digits: 1 }], compute: () => ({}) });
    export default defineExperiment({ claim: 'mine', source: 'me', data: gaussianLine({ centres: [-1, 1], std: 0.1 }),
      latent: normal({ dim: 1, std: 1 }), nets: mlps({ hidden: [8], activation: 'relu', initialiser: 'he-normal' }),
      training: { steps: 10, batch: 4, optimiser: adam({ rate: 1e-3, beta1: 0, beta2: 0.9 }) },
      methods: ['gan'], measures: [none()] });`;
  await writeFile(path, text('as planned'));
  const { code } = await loadExperiment(path);
  if (code === undefined) throw new Error('the file has a kind of its own');
  const trial = { spec: { code: code.sha256 } as ResolvedSpec, code };
  await writeFile(path, text('changed'));
  await expect(catalogueFor(trial)).rejects.toThrow(/kinds\.ts: changed since the trial was planned/);
  await writeFile(path, text('as planned'));
  expect((await catalogueFor(trial)).metric({ kind: 'none' }).description).toBe('as planned');
});
