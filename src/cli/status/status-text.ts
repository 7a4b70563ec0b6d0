/** Formats the status of stores and queues for the terminal. */
import { countText, plural } from '../../base/number-words.ts';
import type { QueueStatus, ServerStatus } from '../../launch/redis/status.ts';
import { duration } from '../screen/format.ts';
import type { StoreStatus } from './store-status.ts';

interface Progress {
  readonly step: number | null;
  readonly steps: number | null;
  readonly stepsPerSecond: number | null;
}

export function storeStatusText({ experiment, counts, begun, last, problems }: StoreStatus): string {
  const [atWork, left] = [begun.filter(({ holder }) => holder !== null), begun.filter(({ holder }) => holder === null)];
  const parts = [
    ...Object.entries(counts).flatMap(([status, count]) =>
      count > 0 || status === 'done' ? [`${countText(count)} ${status}`] : [],
    ),
    ...(atWork.length > 0 ? [`${countText(atWork.length)} at work`] : []),
    ...(left.length > 0 ? [`${countText(left.length)} begun and left`] : []),
  ];
  return [
    `${experiment}: ${parts.join(', ')}${last ? `; the last ended ${last.finishedAt}` : ''}`,
    ...aligned([
      ...atWork.map((one): [string, string] => [one.id, `${progressText(one)}, ${one.holder}`]),
      ...left.map((one): [string, string] => [
        one.id,
        `${progressText({ ...one, stepsPerSecond: null })}; the command that began it goes on with it`,
      ]),
    ]),
    ...problems.map((problem) => `  ${problem}`),
  ].join('\n');
}

export function serverStatusText({ address, queues }: ServerStatus): string {
  if (queues.length === 0) return `${address}: no trials and no workers`;
  return queues.map((queue) => queueText(address, queue)).join('\n\n');
}

function queueText(
  address: string,
  { engine, code, commit, isOwn, workers, waiting, running, results, failed }: QueueStatus,
): string {
  const slots = workers.reduce((sum, { jobs }) => sum + jobs, 0);
  const version = `engine ${engine}, code ${code}${commit === '' ? '' : `, commit ${commit}`}`;
  const counts = [
    `${countText(waiting)} waiting`,
    `${countText(running.length)} at work`,
    `${countText(results)} to gather`,
  ];
  return [
    `${address}, ${version}${isOwn ? '' : ' (another version than this one)'}`,
    `  ${workers.length === 0 ? 'No worker is there' : `${plural(workers.length, 'worker')}, ${plural(slots, 'trial')} at once: ${workers.map(({ host, jobs, device }) => `${host} ${jobs} on ${device}`).join(', ')}`}`,
    `  Trials: ${[...counts, ...(failed > 0 ? [`${countText(failed)} given up`] : [])].join(', ')}`,
    ...aligned(running.map((one) => [one.id, progressText(one)])),
    ...(results > 0 ? ['  The command that left them gathers them, without --detach'] : []),
  ].join('\n');
}

/** `step 3,200 of 10,000, 210 a second, about 32s left`. */
function progressText({ step, steps, stepsPerSecond }: Progress): string {
  if (step === null) return 'no step known yet';
  const of = steps === null ? '' : ` of ${countText(steps)}`;
  if (stepsPerSecond === null || stepsPerSecond <= 0) return `step ${countText(step)}${of}`;
  const left = steps === null ? '' : `, about ${duration((steps - step) / stepsPerSecond)} left`;
  return `step ${countText(step)}${of}, ${countText(Math.round(stepsPerSecond))} a second${left}`;
}

/** Names in a column, what is said of them behind. */
function aligned(rows: readonly (readonly [name: string, says: string])[]): string[] {
  const widest = Math.max(0, ...rows.map(([name]) => name.length));
  return rows.map(([name, says]) => `  ${name.padEnd(widest)}  ${says}`);
}
