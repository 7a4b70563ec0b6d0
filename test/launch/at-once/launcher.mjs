/**
 * A launcher made up for a test: every trial is done at once, with its seed as its only figure; `--at-most` stops before all
 * are. The command line is run with it: arguments are the words.
 */
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { compileTree } from '../../../bin/compile.mjs';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const tree = await compileTree(root);
const load = (path) => import(pathToFileURL(join(tree, path)).href);
const { UsageError } = await load('src/base/usage-error.js');
const { main } = await load('src/cli/main.js');
const { expCommand } = await load('src/launch/command-line.js');
const { launchers } = await load('src/launch/launchers.js');
const { isThere } = await load('src/launch/settled.js');
const { completeRecord } = await load('src/launch/trial-result.js');

const atOnce = {
  name: 'at-once',
  options: {
    'at-once': { type: 'boolean', describe: 'Make the records up, at once' },
    'at-most': { type: 'string', requiresArg: true, describe: 'With --at-once: stop after so many trials' },
  },
  chosenBy: ['at-once'],
  check(given) {
    if (given['at-most'] === '0') throw new UsageError("--at-most: expected a number above 0, got '0'");
  },
  prepare: async (given, command) => ({
    computesHere: false,
    beginsTrials: true,
    writesStore: true,
    capacity: () => ({ jobs: 1, groupSize: 1, note: 'records are made up' }),
    async run({ plan, store, known, where: { engine, device } }, tell) {
      const records = [];
      for (const trial of plan.trials.slice(0, Number(given['at-most'] ?? plan.trials.length))) {
        const earlier = known.get(trial.hash);
        const record = isThere(earlier) ? earlier : completeRecord(trial, madeUp(trial, { engine, device }));
        if (record !== earlier) await store.save(record);
        tell({ kind: record === earlier ? 'found' : 'ended', trial, record });
        records.push(record);
      }
      await store.rebuild();
      const stopped = records.length < plan.trials.length && { stopped: 'interrupted' };
      return { kind: 'ended', outcome: { records, maxRssBytes: 0, ...stopped } };
    },
    goOnCommand: () => expCommand(command.words),
    sameLauncher: () => ['--at-once'],
  }),
};

const madeUp = ({ spec }, where) => ({
  status: 'done',
  steps: spec.training.steps,
  wallSeconds: 1,
  timings: { capture: 0, compile: 0, train: 1, evaluate: 0, write: 0 },
  ...where,
  metrics: { modesCaptured: spec.seed },
  versions: {},
  commit: '',
  host: 'nowhere',
  finishedAt: '2026-01-01T00:00:00.000Z',
});

process.exitCode = await main(process.argv.slice(2), root, { launchers: [...launchers, atOnce] });
