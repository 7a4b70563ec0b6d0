/** The report of `bench -- command`. Pure. */
import type { CommandResult } from './command.ts';
import { table } from './table.ts';

export function commandText(result: CommandResult): string {
  const { command, help, steps, wall, trial, timings, startUp, draws, quiet } = result;
  const { capture, compile, train, evaluate, write } = timings;
  const rest = trial - capture - compile - train - evaluate - write;
  const row = (name: string, seconds: number, ofTrial = true) => [
    name,
    seconds.toFixed(2),
    ofTrial ? percent(seconds / trial) : '',
    percent(seconds / wall),
  ];
  const rows = [
    row('start-up, plan, worker, tables', startUp, false),
    row('capture', capture),
    row('compile', compile),
    row('train: the compiled step', train - draws),
    row('train: drawing batches', draws),
    row('evaluate', evaluate),
    row('write', write),
    row('between', rest),
    row('the whole', wall, false),
  ];
  return [
    `${command}, ${steps} steps, in a fresh store`,
    table(['', 'seconds', 'of the trial', 'of the command'], rows),
    [
      `Around the compiled step: ${percent(result.aroundStep)} of the trial's time, ${percent(result.aroundStepOnceCompiled)} once it is compiled.`,
      `A step, drawing included: ${((1e3 * train) / steps).toFixed(2)} ms.`,
      `--help: ${help.median.toFixed(2)} s [${help.lowest.toFixed(2)}–${help.highest.toFixed(2)}].`,
      `Most memory of the worker: ${Math.round(result.workerMaxRssBytes / 1e6)} MB.`,
      ...(quiet.quiet ? [] : [quiet.says]),
    ].join('\n'),
  ].join('\n\n');
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
