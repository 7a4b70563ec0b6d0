/** `verify` trains trials of the reference again, in a store of its own, and says whether they come out the same. */
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { UsageError } from '../../base/usage-error.ts';
import { readCsv } from '../../disk/csv.ts';
import { namesIn } from '../../disk/files.ts';
import { readTextSync } from '../../disk/read-file.ts';
import { statsOf } from '../../disk/stats-of.ts';
import type { Plan } from '../../experiment/plan.ts';
import { referenceSums, sumsFile } from '../../store/reference-sums.ts';
import type { Store } from '../../store/store.ts';
import { decodeTrials } from '../../store/trials-csv.ts';
import { knownKinds } from '../../summary/known-kinds.ts';
import { ExitCode } from '../exit.ts';
import { train } from '../exp/exp.ts';
import { type Request, resolveRequest, type Typed } from '../exp/request.ts';
import { catchInterrupt } from '../interrupt.ts';
import { callersFolder, fromHere } from '../paths.ts';
import { print } from '../print.ts';
import { trialLabel } from '../screen/trial-text.ts';
import { compare, conclude, type Reference } from './compare.ts';
import type { VerifyArguments } from './options.ts';

/** Returns the exit code: 0 where they are equal, or as near as another rounding leaves them. */
export async function runVerify(given: VerifyArguments, typed: Typed): Promise<number> {
  const { against: typedAgainst, ...rest } = given;
  const against =
    typedAgainst === undefined ? join(typed.root, 'results/reference') : resolve(callersFolder(), typedAgainst);
  const store = await mkdtemp(join(tmpdir(), 'modebench-verify-'));
  try {
    const request = await resolveRequest({ ...rest, store }, typed);
    const reference = await referenceOf(against, request.plan);
    const { result, ...trained } = await train(request, catchInterrupt().signal);
    if (result.kind !== 'ended') throw new Error('internal: trials that are verified are run here');
    const { records, stopped } = result.outcome;
    if (stopped === 'interrupted') return ExitCode.interrupted;
    const comparison = compare(records, reference, knownKinds(request.plan.experiment.catalogue).columns);
    const files = comparison.isExact ? otherFiles(against, trained) : undefined;
    const { holds, lines } = conclude(comparison, files);
    print([...(given.quiet ? [] : ['']), ...lines].join('\n'));
    return holds ? ExitCode.done : ExitCode.failed;
  } finally {
    await rm(store, { recursive: true, force: true });
  }
}

/** The reference's table of the experiment, in it a row for every planned trial. Throws UsageError where there is none. */
async function referenceOf(against: string, { experiment, trials }: Plan): Promise<Reference> {
  const path = join(against, experiment.name, 'trials.csv');
  if (!statsOf(path)?.isFile()) {
    const names = (await namesIn(against)).filter((name) => statsOf(join(against, name, 'trials.csv')));
    throw new UsageError(
      `${fromHere(path)} is not there: expected an experiment with reference results (${names.join(', ')})`,
    );
  }
  const text = readTextSync(path);
  const rows = decodeTrials(text, path);
  const lost = trials.find(({ hash }) => !rows.some(({ spec }) => hash.startsWith(spec)));
  if (lost === undefined) return { rows, header: readCsv(text, path).columns };
  const { method, seed } = lost.spec;
  const same = rows.find((row) => row.method === method && row.seed === seed && row.preset === lost.preset);
  const presets = [...new Set(rows.map(({ preset }) => preset))].join(', ');
  throw new UsageError(
    same
      ? `${fromHere(path)}: ${trialLabel(lost, [])} has another spec there (${same.spec}, here ${lost.hash.slice(0, 8)})`
      : `${fromHere(path)}: no row of ${trialLabel(lost, [])}, preset ${lost.preset}; presets there: ${presets}`,
  );
}

/** Trials whose files are not to the byte those of the reference; `undefined` where it does not know them. */
function otherFiles(against: string, { plan, store }: Pick<Request, 'plan' | 'store'>): string[] | undefined {
  const known = referenceSums(against);
  const places = plan.trials.map(({ id }) => ({ id, sum: known.get(placeOf(store, id)) }));
  if (places.some(({ sum }) => sum === undefined)) return undefined;
  return places.filter(({ id, sum }) => sumOf(store, id) !== sum).map(({ id }) => id);
}

const placeOf = ({ experiment }: Store, id: string): string => `${experiment}/trials/${id}/${sumsFile}`;

const sumOf = (store: Store, id: string): string =>
  createHash('sha256')
    .update(readTextSync(join(store.folder(id), sumsFile)))
    .digest('hex');
