/** JSON on disk (trial.json, film.json, experiment.json, a set's manifest, a scorer's card) as anything may have left it. */
import { mkdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { specHash } from '../../src/catalogue/identity.ts';
import { preparedManifest } from '../../src/datasets/pictures/image-set.ts';
import { readCsv } from '../../src/disk/csv.ts';
import { wide } from '../../src/report/figure.ts';
import { filmMakers } from '../../src/report/films/catalogue.ts';
import { forgettingFigure } from '../../src/report/films/forgetting.ts';
import { hashOf } from '../../src/schema/identity.ts';
import { parseCard, type ScorerCard } from '../../src/scorers/scorer-file.ts';
import { decodeFilm, encodeFilm } from '../../src/store/film-file.ts';
import { aboutOf, readMetadata } from '../../src/store/metadata.ts';
import { decodeRecord, encodeRecord } from '../../src/store/record.ts';
import { openStore } from '../../src/store/store.ts';
import { encodeTrials } from '../../src/store/trials-csv.ts';
import { pattern, put, scratch } from '../datasets/pictures/files.ts';
import { preparedSmall } from '../datasets/pictures/sets.ts';
import { sampleExperiment } from '../experiment/sample.ts';
import { line, reportOn, thin, type Wanted } from '../report/figures/example-data.ts';
import { filmedTrial } from '../report/films/example-film.ts';
import { recordOf, sampleTrials } from '../store/sample-record.ts';
import { mutatedJson, mutatedValue } from './json-mutations.ts';
import { valueOrLine } from './outcome.ts';
import { runs } from './runs.ts';

/** A document without the sum that stands at its end: with it every change is found, and nothing behind it is tried. */
function unsealed(text: string): object {
  const { checksum: _, ...document }: Record<string, unknown> = JSON.parse(text);
  return document;
}

const deep = `{"id":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;

describe('trial.json', () => {
  const [trial] = sampleTrials('1');
  if (trial === undefined) throw new Error('the sample has trials');
  const text = encodeRecord(recordOf(trial, { varied: ['penalty.weight'], scorer: 'own', device: 'cpu' }));
  const document = unsealed(text);

  /** Somebody who changes a spec can say its hash, too. */
  const consistent = mutatedValue(trial.spec).map((spec) => {
    const hash = hashOf(spec);
    const { method, seed } = { method: '', seed: 0, ...(typeof spec === 'object' ? spec : {}) };
    return JSON.stringify({
      ...document,
      spec,
      hash,
      id: [method, `s${JSON.stringify(seed)}`, hash.slice(0, 8)].join('-'),
    });
  });

  test('any text is a record that a store can hold, or one line', async () => {
    const root = join('/store', 'root');
    let accepted = 0;
    const texts = fc.oneof(mutatedJson(document), mutatedJson(JSON.parse(text)), consistent);
    await fc.assert(
      fc.asyncProperty(texts, async (given) => {
        const record = await valueOrLine(() => decodeRecord(given));
        if (record === undefined) return;
        accepted++;
        // Where defaults had to be added, the hash stays that of the spec as it was stored.
        if (specHash(record.spec) === record.hash) expect(decodeRecord(encodeRecord(record))).toEqual(record);
        const folder = openStore(root, record.spec.experiment).folder(record.id);
        expect(folder.startsWith(root + sep)).toBe(true);
        expect(readCsv(encodeTrials([record]), 'trials.csv').rows).toHaveLength(1);
      }),
      runs(600),
    );
    expect(accepted).toBeGreaterThan(0);
  });

  test.each<[string, string]>([
    ['expected at most 64 levels of lists and objects', deep],
    ['expected numbers below 1.8e308, one is larger', text.replace('"batch": 32', '"batch": 1e999')],
    ["id: expected '", JSON.stringify({ ...document, id: '../../../home/somebody' })],
  ])('%s', (says, given) => {
    expect(() => decodeRecord(given)).toThrow(says);
  });

  test('an experiment whose name leads out of the store is none', () => {
    const { cooldown: _, ...training } = trial.spec.training; // 0, which stays out of what is hashed
    const spec = { ...trial.spec, training, experiment: '../../escape' };
    const hash = hashOf(spec);
    const given = JSON.stringify({ ...document, spec, hash, id: `gan-s0-${hash.slice(0, 8)}` });
    expect(() => decodeRecord(given)).toThrow(
      "spec.experiment: expected an experiment's name of letters, digits, dots and dashes, got '../../escape'",
    );
  });
});

describe('film.json', () => {
  const kinds: readonly Wanted[] = [
    { method: 'bigan' },
    { method: 'gan', data: line },
    { method: 'bigan', data: line, latent: thin },
    { method: 'encoder-only' },
  ];
  test.each(kinds.map((wanted) => [filmedTrial(wanted)] as const))(
    'any text is a film that can be drawn, or one line (%#)',
    async (trial) => {
      if (trial.film === undefined) throw new Error('the trial is filmed');
      let accepted = 0;
      await fc.assert(
        fc.asyncProperty(mutatedJson(unsealed(encodeFilm(trial.film))), async (given) => {
          const film = await valueOrLine(() => decodeFilm(given, 'x/film.json'), { says: 'x/film.json: ' });
          if (film === undefined) return;
          accepted++;
          for (const make of [...filmMakers, forgettingFigure]) make(reportOn([{ ...trial, film }]), wide);
        }),
        runs(150),
      );
      expect(accepted).toBeGreaterThan(0);
    },
  );
});

test('experiment.json: any text says what an author says, or one line', async () => {
  const folder = scratch();
  const says = `${join(folder, 'experiment.json')}: `;
  const about = aboutOf({ ...sampleExperiment, expects: { gan: { modesCaptured: 9 } }, deviations: ['none'] });
  await fc.assert(
    fc.asyncProperty(mutatedJson(about), async (given) => {
      put(folder, 'experiment.json', given);
      await valueOrLine(() => readMetadata(folder), { says });
    }),
    runs(300),
  );
});

describe('manifest.json', () => {
  const shape = [4, 4, 1] as const;
  const train = Array.from({ length: 3 }, (_, at) => [pattern(16, at), Uint8Array.of(at % 2)] as const);

  test('any text is the manifest of the set that lies there, or one line with what to type', async () => {
    const root = scratch();
    const labels = { kind: 'classes', heads: [['no', 'yes']] } as const;
    const choices = { from: "/some where/it's", size: 4 };
    const { manifest } = await preparedSmall(root, 'mine', { shape, train, labels, choices });
    const says = join(root, 'mine');
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(mutatedJson(manifest), async (given) => {
        put(says, 'manifest.json', given);
        const found = await valueOrLine(() => preparedManifest(root, 'mine'), { usage: true, says });
        if (found === undefined) return;
        accepted++;
        expect((found.train + found.heldOut) * found.shape[0] * found.shape[1] * found.shape[2]).toBe(48);
      }),
      runs(400),
    );
    expect(accepted).toBeGreaterThan(0);
  });

  test('a name that is no slug is no path either', async () => {
    const root = scratch();
    mkdirSync(join(root, 'data'));
    put(root, 'manifest.json', '{}');
    for (const name of ['..', '../..', 'a/../..', '/etc', '', 'a\nb', '__proto__', 'x'.repeat(5000)])
      await valueOrLine(() => preparedManifest(join(root, 'data'), name), { usage: true });
  });
});

test('a scorer’s card: any text is a card of bounded size, or one line', async () => {
  const card: ScorerCard = {
    name: 'a judge',
    input: { shape: [8, 8, 3], layout: 'nchw', mean: [0.5, 0.4, 0.3], std: [0.5] },
    output: { features: 'features', logits: 'logits' },
    labels: { kind: 'classes', heads: [['no', 'yes']] },
    eachChannel: false,
  };
  let accepted = 0;
  await fc.assert(
    fc.asyncProperty(mutatedJson(card), async (given) => {
      const found = await valueOrLine(() => parseCard(Buffer.from(given), 'judge.json'), {
        usage: true,
        says: 'judge.json: ',
      });
      if (found === undefined) return;
      accepted++;
      expect(found.input.shape.reduce((product, side) => product * side, 1)).toBeLessThanOrEqual(2 ** 22);
    }),
    runs(500),
  );
  expect(accepted).toBeGreaterThan(0);
});
