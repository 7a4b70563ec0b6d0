/** Serves the live page of a run while it trains. */
import type { LaunchEvent } from '../../launch/events.ts';
import type { Run } from '../../launch/launcher.ts';
import { startServer } from '../../view/server/server.ts';
import { WatchedRun } from '../../view/watched-run.ts';
import { describeExperiment } from '../experiment-metadata.ts';

export interface Watch {
  readonly address: string;
  on(event: LaunchEvent): void;
  /** Shows the trials of a further run of the same command beside those before. */
  add(run: Pick<Run, 'plan'>): void;
  /** Lets pages that are open read the end of the run, and ends. */
  close(): Promise<void>;
}

/** Milliseconds that pages may take to read the end. */
const patience = 5_000;

export async function openWatch({ store, plan }: Pick<Run, 'store' | 'plan'>): Promise<Watch> {
  const { experiment, trials } = plan;
  const metadata = describeExperiment(
    experiment,
    trials.map(({ spec }) => spec),
  );
  const run = new WatchedRun({ store, metadata, trials });
  const server = await startServer({ source: run });
  return {
    address: `${server.address}#/${encodeURIComponent(store.experiment)}`,
    on: (event) => run.on(event),
    add: ({ plan }) => run.add(plan.trials),
    async close() {
      await run.end();
      await server.close(patience);
    },
  };
}
