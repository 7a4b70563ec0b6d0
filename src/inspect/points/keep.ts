/**
 * Keeps scored points in the store as trials of a method that was trained elsewhere, so that reports draw them beside the
 * experiment's own. What they share with those (data, evaluation, measures) stands in their spec; how they were trained is not
 * known, and the rest of the spec says nothing of it.
 */
import { join } from 'node:path';
import { noPoints } from '../../base/points.ts';
import { UsageError } from '../../base/usage-error.ts';
import { specHash, trialId } from '../../catalogue/identity.ts';
import { ownSectionNames, type ResolvedSpec } from '../../catalogue/spec.ts';
import { makeFolder, writeWhole } from '../../disk/files.ts';
import { hashOf } from '../../schema/identity.ts';
import type { TrialRecord } from '../../store/record.ts';
import { openStore } from '../../store/store.ts';
import { provenance } from '../../trial/outputs/provenance.ts';
import { samplesCsv } from '../../trial/outputs/samples-csv.ts';
import { inputsOf, realPoints } from './evaluate.ts';
import type { PlacedFile } from './groups.ts';
import type { Reference } from './reference.ts';
import type { ScoredPoints } from './score-points.ts';

export interface PlacedScores extends ScoredPoints {
  readonly place: Pick<PlacedFile, 'method' | 'seed'>;
}

/** @throws UsageError where there is no experiment to stand in, or the method is one of its own. */
export function checkKept({ spec, catalogue }: Reference, methods: readonly string[]): ResolvedSpec {
  if (spec === undefined)
    throw new UsageError('--keep: for --against an experiment; beside points of your own there are no rows to stand');
  const taken = catalogue.cards.methods.find(({ name }) => methods.includes(name));
  if (taken === undefined) return spec;
  throw new UsageError(`--keep: ${taken.name} is a method of this project; give yours another name with --name`);
}

/** Writes a trial for each; those of the same method and seed are replaced. Returns the path of the table. Throws as `checkKept` does. */
export async function keepScores(all: readonly PlacedScores[], reference: Reference, root: string): Promise<string> {
  const { catalogue, name } = reference;
  const shared = checkKept(
    reference,
    all.map(({ place }) => place.method),
  );
  const store = openStore(root, name);
  for (const scored of all) {
    const record = recordOf(scored, shared, ownSectionNames(catalogue));
    const claim = await store.claim(record.id);
    if (claim === undefined) throw new UsageError(`--keep: another process is at work on ${record.id}`);
    try {
      const folder = store.folder(record.id);
      await makeFolder(folder);
      await writeWhole(join(folder, 'samples.csv'), samplesOf(scored, reference));
      await store.keep(record);
    } finally {
      await claim.release();
    }
  }
  await store.rebuild();
  return store.csv;
}

function recordOf(
  { place, source, scored, values }: PlacedScores,
  shared: ResolvedSpec,
  ownSections: readonly string[],
): TrialRecord {
  const common = Object.entries(shared).filter(([section]) => !ownSections.includes(section));
  const spec = {
    ...Object.fromEntries(common),
    method: place.method,
    seed: place.seed,
    evaluation: { ...shared.evaluation, samples: scored.count },
    code: hashOf({ elsewhere: place.method }),
  } as ResolvedSpec; // a spec with fewer sections of single methods
  const hash = specHash(spec);
  const { versions, commit, host } = provenance();
  return {
    id: trialId(spec, hash),
    hash,
    spec,
    preset: 'default',
    varied: [],
    status: 'done',
    steps: 0,
    wallSeconds: 0,
    timings: { capture: 0, compile: 0, train: 0, evaluate: 0, write: 0 },
    engine: 'another program',
    device: 'another machine',
    because: `samples of another program: ${source.path} (${source.sha256.slice(0, 8)})`,
    metrics: values,
    versions,
    commit,
    host,
    finishedAt: new Date().toISOString(),
  };
}

function samplesOf({ scored, place: { seed } }: PlacedScores, reference: Reference): string {
  const real = realPoints(reference.dataset, scored.count, seed);
  return samplesCsv({ ...inputsOf(scored, real, reference, seed), latents: noPoints(0) });
}
