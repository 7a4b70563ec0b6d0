import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { truthOf } from '../../src/catalogue/truth.ts';
import { describeExperiment } from '../../src/cli/experiment-metadata.ts';
import { aboutOf, readMetadata, writeMetadata } from '../../src/store/metadata.ts';
import { decodeTruth, encodeTruth } from '../../src/store/stored-truth.ts';
import { specOf } from '../cli/records.ts';
import { sampleExperiment } from '../experiment/sample.ts';

function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'modebench-about-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

describe('experiment.json', () => {
  it('gives back what the author says, with nothing left out', async () => {
    const folder = join(scratch(), 'made', 'here');
    const expects = { 'bigan-pgp': { modesCaptured: 9 }, gan: undefined };
    await writeMetadata(folder, aboutOf({ ...sampleExperiment, expects }));
    expect(readMetadata(folder)).toEqual({
      claim: 'tests pass',
      source: 'this test',
      expects: { 'bigan-pgp': { modesCaptured: 9 } },
      deviations: [],
    });
  });

  it('need not be there, and is refused in a line where it is broken', () => {
    const folder = scratch();
    expect(readMetadata(folder)).toBeUndefined();
    for (const [text, message] of [
      ['', /experiment\.json: empty$/],
      ['{"claim"', /experiment\.json: not JSON/],
      ['{"claim": 5}', /experiment\.json: claim/],
    ] as const) {
      writeFileSync(join(folder, 'experiment.json'), text);
      expect(() => readMetadata(folder)).toThrow(message);
    }
  });
});

describe('what is known of the kinds', () => {
  const spec = specOf('gan', 0);
  const known = describeExperiment({ ...sampleExperiment, methods: ['gan', 'bigan'] }, [spec]);

  it('comes back as it was: methods, columns, the data of declared and of planned trials', async () => {
    const folder = scratch();
    await writeMetadata(folder, known);
    expect(readMetadata(folder)).toEqual(known);
    expect(known.methods?.bigan).toMatchObject({ colour: '#783cc0', source: expect.stringContaining('Donahue') });
    expect(known.columns?.find(({ name }) => name === 'slicedW2')).toMatchObject({
      title: 'sliced W2',
      better: 'less',
    });
    expect(Object.values(known.data ?? {}).map(({ modes }) => modes?.weights.length)).toEqual([9, 25]);
  });

  it('grows by what later runs use, and forgets what the experiment does not declare any more', async () => {
    const folder = scratch();
    await writeMetadata(folder, known);
    await writeMetadata(folder, describeExperiment({ ...sampleExperiment, methods: ['wgan'] }, []));
    const { methods = {}, data = {} } = readMetadata(folder) ?? {};
    expect(Object.entries(methods).map(([name, { setting }]) => [name, setting !== undefined])).toEqual([
      ['gan', false],
      ['bigan', false],
      ['wgan', true],
    ]);
    expect(Object.keys(data)).toHaveLength(2);
  });

  it('of a later version is refused; keys that this one does not know are not', () => {
    const folder = scratch();
    const put = (fields: object) => writeFileSync(join(folder, 'experiment.json'), JSON.stringify(fields));
    put({ ...known, version: 3 });
    expect(() => readMetadata(folder)).toThrow(/experiment\.json: version: expected a version up to 2/);
    put({ ...known, version: 2, weather: 'fine' });
    expect(readMetadata(folder)).toEqual(known);
  });
});

describe('a stored truth', () => {
  it('of a mixture is the formula’s', () => {
    const truth = truthOf({ kind: 'gaussian-grid', side: 5, spacing: 2, std: 0.05, heavy: 0.5, scale: 3 });
    const stored = decodeTruth(JSON.parse(JSON.stringify(encodeTruth(truth))));
    expect(stored).toEqual({ dim: truth.dim, scale: 3, modes: truth.modes });
  });

  it('of a curve is a line through fewer points, nowhere a hundredth of σ from it', () => {
    const { curve } = truthOf({ kind: 'swiss-roll', turns: 1.5, inner: 2 / 3, outer: 2, std: 0.01, scale: 1 });
    const encoded = encodeTruth({ dim: 2, scale: 1, ...(curve && { curve }) });
    const stored = decodeTruth(encoded).curve;
    if (!curve || !stored) throw new Error('two curves');
    expect(encoded.curve?.points).toHaveLength(2_000);
    expect(stored.count).toBe(curve.count);
    expect(
      Math.max(...stored.points.map((value, at) => Math.abs(value - (curve.points[at] ?? Number.NaN)))),
    ).toBeLessThan(1e-4);
  });

  it('whose lists do not fit its dimension is as good as not there', () => {
    expect(decodeTruth({ dim: 2, scale: 1, modes: { centres: [1, 2, 3], weights: [1], std: 1 } })).toEqual({
      dim: 2,
      scale: 1,
    });
  });
});
