/** The run of `exp --queue`: connects, and puts the plan's trials where workers take them; what comes back ends as a local run. */
import { resolve } from 'node:path';
import { plural } from '../../base/number-words.ts';
import type { EngineName } from '../../engine/engines.ts';
import type { Plan } from '../../experiment/plan.ts';
import type { Outcome } from '../../launch/events.ts';
import type { Address } from '../../launch/redis/address.ts';
import { type Link, openLink } from '../../launch/redis/connection.ts';
import { enqueueTrials, launchQueued, type QueuedOptions } from '../../launch/redis/launch.ts';
import { queueName } from '../../launch/redis/names.ts';
import { ownVersion } from '../../launch/redis/version.ts';
import { workersThere } from '../../launch/redis/worker-registry.ts';
import type { Store } from '../../store/store.ts';
import { ExitCode } from '../exit.ts';
import { checkStore } from '../paths.ts';
import { openQueueView, type Seen, slotsOf } from '../screen/queue-view.ts';
import type { Screen } from '../screen/view.ts';
import { withoutOptions } from '../without-options.ts';
import { addressOf, exitSoon } from './queue.ts';
import type { Intent } from './request.ts';
import { againCommand } from './suggestions.ts';

export interface Queueing extends Pick<Intent, 'given' | 'argv' | 'engine' | 'data' | 'from'> {
  readonly signal: AbortSignal;
  readonly screen: Screen;
}

export interface Queued {
  /** What a plan says of device and jobs. */
  readonly setting: { readonly device: string; readonly jobs: number };
  /** Puts the trials on the queue and leaves them there. Returns the exit code. */
  leave(plan: Plan, store: Store): Promise<number>;
  launch(plan: Plan, store: Store, swept: readonly string[]): Promise<Outcome>;
}

/** Milliseconds between two looks at who is there. */
const lookEvery = 2_000;

/** Sees that the queue is there. Throws UsageError of one line. */
export async function openQueued({ given, argv, engine, data, from, signal, screen }: Queueing): Promise<Queued> {
  const address = addressOf(given.queue ?? '');
  const shared = given.shared === undefined ? undefined : checkStore(resolve(from, given.shared), false, '--shared');
  const version = ownVersion();
  const queue = queueName(engine, version.code);

  async function connected<T>(work: (link: Link) => Promise<T>): Promise<T> {
    const link = await openLink(address);
    try {
      return await work(link);
    } finally {
      if (link.isAway) exitSoon();
      link.close();
    }
  }
  const optionsOf = (link: Link): QueuedOptions => ({
    ...{ link, version, engine, data, signal, fresh: given.fresh ?? false, failFast: given['fail-fast'] ?? false },
    ...(shared !== undefined && { shared }),
  });
  const there = async ({ redis }: Link): Promise<Seen[]> =>
    (await workersThere(redis)).map(({ host, jobs, queue: own }) => ({ host, jobs, fits: own === queue }));
  const atFirst = await connected(there);

  return {
    setting: { device: `the workers of ${address.shown}`, jobs: slotsOf(atFirst) },
    leave: (plan, store) =>
      connected(async (link) => {
        const count = await enqueueTrials(plan.trials, store, optionsOf(link));
        const gather = againCommand(withoutOptions(argv, { detach: 'switch' }));
        const document = { queue: address.shown, trials: count, gather };
        const lines = `On the queue: ${plural(count, 'trial')}\nGather:       ${gather}`;
        console.log(given.json ? JSON.stringify(document, undefined, 2) : lines);
        return ExitCode.done;
      }),
    launch: (plan, store, swept) =>
      connected(async (link) => {
        const view = openQueueView(plan, swept, workerCommand(address, engine), screen);
        // A look that a server does not answer is made good by the next one.
        const look = () => void there(link).then(view.workers, () => {});
        const looking = setInterval(look, lookEvery);
        look();
        link.watch((state) => view.say(`Redis at ${address.shown} is ${state === 'away' ? 'away; waiting' : 'back'}`));
        try {
          const outcome = await launchQueued(plan.trials, store, optionsOf(link), view.on);
          if (outcome.stopped !== undefined) view.say('Trials that workers have begun go on; their results wait there');
          return outcome;
        } finally {
          clearInterval(looking);
          view.close();
        }
      }),
  };
}

/** What starts a worker for this run; with a password, that has to be filled in. */
function workerCommand({ shown, username = '', password }: Address, engine: EngineName): string {
  const url = password === undefined ? shown : shown.replace('//', `//${username}:PASSWORD@`);
  return `npm run worker -- --queue ${url}${engine === 'onnx' ? '' : ` --engine ${engine}`}`;
}
