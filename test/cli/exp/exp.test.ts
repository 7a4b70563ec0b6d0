/** `exp` from end to end: real processes, real training of small nets, a store on disk. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { usualEngine } from '../../support/native.ts';
import { childrenOf, plainEnvironment, projectRoot, run, scratch, start, startScript, until } from '../run-cli.ts';
import { runHere } from '../run-here.ts';

/** Small nets; about a second a thousand steps. */
const small = ['--set', 'nets.hidden=[8]', '--set', 'training.batch=16', '--set', 'evaluation.samples=200'];
const exp = (store: string, steps: number, ...more: string[]) => [
  ...['exp', 'grid25', '--store', store, '--set', `training.steps=${steps}`, ...small],
  ...['--set', 'evaluation.every=100', ...more],
];
const rows = (store: string): Record<string, string>[] =>
  parse(readFileSync(join(store, 'grid25/trials.csv'), 'utf8'), { columns: true });
/** Rows without the one column that differs from run to run. */
const timeless = (store: string) => rows(store).map(({ wallSeconds: _, ...row }) => row);

const fileAt = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The command line with trials of a second, forty steps that it sleeps between, and a checkpoint at every tenth. */
const startSteady = (...words: readonly string[]) =>
  startScript(fileAt('./cli-with-trial.mjs'), fileAt('../../launch/redis/trials/steady.mjs'), ...words);

describe('a run', () => {
  it('prints plan, table, rows and what to type next; a second one finds everything there', async () => {
    const store = scratch();
    const command = exp(store, 100, '--seeds', '2', '--methods', 'gan,bigan-pgp', '--jobs', '1');
    const first = await runHere(...command);
    expect([first.code, first.stderr]).toEqual([0, '']);
    expect(first.stdout).toContain('2 methods × 2 seeds = 4 trials of 100 steps');
    expect(first.stdout).toContain(`${usualEngine} on cpu`);
    expect(first.stdout).toMatch(/^bigan-pgp +\d/m);
    expect(first.stdout).toContain('The moving average of the weights is long against this run (0.998 over 100 steps)');
    expect(first.stdout).toContain('98.89 %');
    expect(first.stdout).toContain(join(store, 'grid25/trials.csv'));
    expect(first.stdout).toMatch(/^Next: npm run report -- grid25/m);
    // Lines of progress, which slow machines print, are as wide as they are.
    const lines = first.stdout.split('\n').filter((line) => !/^\d of 4 done/.test(line));
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(rows(store).map(({ method, seed, status }) => `${method} ${seed} ${status}`)).toEqual([
      'gan 0 done',
      'gan 1 done',
      'bigan-pgp 0 done',
      'bigan-pgp 1 done',
    ]);
    const csv = readFileSync(join(store, 'grid25/trials.csv'));
    const second = await runHere(...command);
    expect(second.stdout).toContain('all there already');
    expect(readFileSync(join(store, 'grid25/trials.csv'))).toEqual(csv);
  });

  it('sweeps: a row of the table for each value', async () => {
    const { code, stdout } = await runHere(
      ...exp(scratch(), 100, '--seeds', '1', '--methods', 'bigan,bigan-pgp', '--lambda', '0,1', '--jobs', '1'),
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/^bigan +– /m);
    expect(stdout).toMatch(/^bigan-pgp +0 /m);
    expect(stdout).toMatch(/^bigan-pgp +1 /m);
  });

  it('--dry-run prints a line a trial and writes nothing', async () => {
    const store = join(scratch(), 'results');
    const { code, stdout } = await runHere(...exp(store, 100, '--seeds', '2', '--methods', 'gan,bigan', '--dry-run'));
    expect(code).toBe(0);
    expect(stdout.match(/^(gan|bigan)-s[01]-[0-9a-f]{8} +to do/gm)).toHaveLength(4);
    expect(existsSync(store)).toBe(false);
  });

  it('--json prints one document on stdout, progress on stderr; --quiet leaves that out', async () => {
    const store = scratch();
    const loud = await runHere(...exp(store, 100, '--seeds', '1', '--methods', 'gan', '--json'));
    const document = JSON.parse(loud.stdout);
    expect(document).toMatchObject({
      experiment: 'grid25',
      engine: usualEngine,
      device: 'cpu',
      plan: [{ method: 'gan', seed: 0, status: 'done' }],
      rows: [{ method: 'gan', seed: 0, status: 'done', steps: 100, metrics: { modesCaptured: expect.any(Number) } }],
      summary: [{ method: 'gan', done: 1, diverged: 0, failed: 0 }],
      outcome: { stopped: null, done: 1, failed: 0, missing: 0 },
    });
    expect(document.outcome.workerMaxRssBytes).toBeGreaterThan(50e6);
    expect(loud.stderr).toContain('1 trial of 100 steps');
    const quiet = await runHere(...exp(store, 100, '--seeds', '1', '--methods', 'gan', '--json', '--quiet'));
    expect(quiet.stderr).toBe('');
    expect(JSON.parse(quiet.stdout).rows).toEqual(document.rows);
  });

  it('--fresh forgets exactly the planned trials', async () => {
    const store = scratch();
    const command = (seeds: string) => exp(store, 100, '--methods', 'gan', '--quiet', '--jobs', '1', '--seeds', seeds);
    await runHere(...command('2'));
    const finished = () => Object.fromEntries(trialFolders(store).map((id) => [id, finishedAt(store, id)]));
    const before = finished();
    await runHere(...command('1..1'), '--fresh');
    const after = finished();
    const changed = Object.keys(before).filter((id) => before[id] !== after[id]);
    expect(changed.map((id) => id.slice(0, 6))).toEqual(['gan-s1']);
  });

  it('without a terminal says every few seconds where it is, in plain lines', async () => {
    const running = start(...exp(scratch(), 1_000_000, '--seeds', '1', '--methods', 'bigan'));
    let said = '';
    running.child.stdout?.on('data', (text: string) => {
      said += text;
    });
    await until(() => /^0 of 1 done, about .* left \| bigan seed 0 [\d,]+\/1,000,000 [\d,]+\/s modes \d+$/m.test(said));
    expect(said).not.toContain('\x1b');
  });

  it.skipIf(spawnSync('script', ['--version']).status !== 0)('on a terminal draws in place and leaves it tidy', () => {
    const command = `stty cols 80 rows 24; ${process.execPath} bin/modebench.mjs ${exp(scratch(), 12_000, '--seeds', '2', '--methods', 'gan', '--jobs', '1').join(' ')}`; // a second each, of many draws
    const screen = execFileSync('script', ['-qec', command, '/dev/null'], {
      cwd: projectRoot,
      env: { ...plainEnvironment(), TERM: 'xterm' },
      encoding: 'utf8',
    });
    const hidden = screen.indexOf('\x1b[?25l');
    const shown = screen.lastIndexOf('\x1b[?25h');
    expect(hidden).toBeGreaterThan(0);
    expect(shown).toBeGreaterThan(hidden);
    expect(screen.slice(0, shown)).toMatch(/gan seed [01] .*━.*\d+\/12,000 .*\/s/);
    const after = screen.slice(shown + '\x1b[?25h'.length);
    expect(['━', '\x1b'].filter((sign) => after.includes(sign))).toEqual([]);
    expect(screen.slice(shown)).toMatch(/gan +\d/);
  });
});

describe('what goes wrong', () => {
  it('a worker killed in mid-trial: tried once more, done, exit code 0', async () => {
    const words = ['--seeds', '1', '--methods', 'bigan', '--jobs', '1', '--data', scratch()];
    const running = startSteady(...exp(scratch(), 40, ...words));
    const [worker = 0] = await until(() => workersAtWork(running.child.pid, 1));
    process.kill(worker, 'SIGKILL');
    const { code, stdout } = await running.ended;
    expect(stdout).toMatch(/^bigan seed 0: its process was killed .*; trying once more$/m);
    expect(code).toBe(0);
  });

  it('a trial whose own spec cannot be run: one line, exit code 2', async () => {
    const { code, stderr } = await runHere(
      ...exp(scratch(), 100, '--quiet', '--set', 'data.side=4', '--set', 'data.heavy=0.5'),
    );
    expect(stderr).toMatch(/^modebench: data\.side: [^\n]*\n$/);
    expect(code).toBe(2);
  });

  it('Ctrl-C, then the same again: goes on to the same bytes', async () => {
    const [store, untouched, log] = [scratch(), scratch(), scratch()];
    const options = ['--seeds', '2', '--methods', 'bigan-pgp', '--jobs', '2'];
    const command = (folder: string, data: string) => exp(folder, 40, ...options, '--data', data);
    const running = startSteady(...command(store, log));
    await until(() => checkpoints(store) > 0, 30);
    const workers = childrenOf(running.child.pid);
    running.child.kill('SIGINT');
    const { code, stderr } = await running.ended;
    expect(code).toBe(130);
    expect(stderr).toMatch(/^Interrupted with \d of 2 trials done; go on with: npm run exp -- grid25 [^\n]*\n$/);
    expect(workers.filter(isAlive)).toEqual([]);

    expect((await startSteady(...command(store, log), '--quiet').ended).code).toBe(0);
    // Its workers were killed at once: what is left of the first sitting is a checkpoint, from which the second one went on.
    expect(readFileSync(join(log, 'log'), 'utf8')).toMatch(/^[01] from [123]0 /m);
    expect((await startSteady(...command(untouched, scratch()), '--quiet').ended).code).toBe(0);
    expect(timeless(store)).toEqual(timeless(untouched));
    for (const id of trialFolders(untouched)) {
      const history = (folder: string) => readFileSync(join(folder, 'grid25/trials', id, 'history.csv'));
      expect(history(store)).toEqual(history(untouched));
    }
  }, 60_000);

  it('kill -9 of the whole run leaves no worker', async () => {
    const running = start(...exp(scratch(), 1_000_000, '--seeds', '2', '--methods', 'bigan', '--jobs', '2'));
    const workers = await until(() => workersAtWork(running.child.pid, 2));
    running.child.kill('SIGKILL');
    await until(() => !workers.some(isAlive), 5);
  });

  it('two runs at once on one store: every trial once, both end well', async () => {
    const store = scratch();
    const command = exp(store, 1500, '--seeds', '3', '--methods', 'gan', '--jobs', '1', '--json', '--quiet');
    const [one, two] = await Promise.all([run(...command), run(...command)]);
    expect([one.code, two.code]).toEqual([0, 0]);
    const finished = ({ stdout }: { stdout: string }) =>
      JSON.parse(stdout).rows.map(({ id, finishedAt }: Record<string, string>) => `${id} ${finishedAt}`);
    expect(finished(one)).toEqual(finished(two));
    expect(rows(store)).toHaveLength(3);
  });
});

describe('list', () => {
  it('has a line for each experiment, method, measure and data set', async () => {
    const { code, stdout } = await runHere('list');
    expect(code).toBe(0);
    for (const name of ['grid25', 'bigan-pgp', 'mode-coverage', 'swiss-roll'])
      expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'));
  });
});

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

const trialFolders = (store: string) => {
  const folder = join(store, 'grid25/trials');
  return existsSync(folder) ? readdirSync(folder).sort() : [];
};
const finishedAt = (store: string, id: string): string =>
  JSON.parse(readFileSync(join(store, 'grid25/trials', id, 'trial.json'), 'utf8')).finishedAt;
const checkpoints = (store: string) =>
  trialFolders(store).filter((id) => existsSync(join(store, 'grid25/trials', id, 'checkpoint'))).length;

/** The workers of a run once there are as many as expected (bin/modebench.mjs may have had a compiler as a child before). */
function workersAtWork(pid: number | undefined, count: number): number[] | undefined {
  const commands = childrenOf(pid).filter((child) => {
    const { stdout } = spawnSync('ps', ['-o', 'args=', '-p', String(child)], { encoding: 'utf8' });
    return /worker\.m?js/.test(stdout);
  });
  return commands.length >= count ? commands : undefined;
}
