/** `exp --queue` and `worker` as their users type them, on real trials: a password, TLS, being left alone, being interrupted. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { ExpArguments } from '../../../src/cli/exp/options.ts';
import { chooseLauncher } from '../../../src/launch/choose-launcher.ts';
import { launchers } from '../../../src/launch/launchers.ts';
import { noRedis } from '../../bench/own-redis.ts';
import { type Running, run, scratch, start, until } from '../../cli/run-cli.ts';
import { runHere } from '../../cli/run-here.ts';
import { needingRedis, startRedis } from './redis-server.ts';

/** An experiment whose data, method and metric are its own. */
const ownKinds = fileURLToPath(new URL('../../own-kinds/files', import.meta.url));

/** Why the test with certificates is skipped; '' where it is not. */
const noOpenssl = spawnSync('openssl', ['version']).status === 0 ? '' : ' (skipped: openssl is not installed)';

const small = (seeds: number, methods: string) => [
  ...['exp', 'grid25', '--preset', 'smoke', '--seeds', String(seeds), '--methods', methods],
  ...['--set', 'training.steps=20', '--set', 'evaluation.samples=200'],
];

/** The table without times, and every file of the trials but their records. */
function contentOf(store: string): Record<string, string> {
  const folder = join(store, 'grid25');
  const [header = '', ...rows] = readFileSync(join(folder, 'trials.csv'), 'utf8').trim().split('\n');
  const times = header.split(',').indexOf('wallSeconds');
  const table = [header, ...rows].map((row) => row.split(',').toSpliced(times, 1).join(',')).join('\n');
  const files = readdirSync(join(folder, 'trials'))
    .flatMap((id) => readdirSync(join(folder, 'trials', id)).map((name) => join('trials', id, name)))
    .filter((path) => !path.endsWith('trial.json'));
  return { table, ...Object.fromEntries(files.map((path) => [path, readFileSync(join(folder, path), 'latin1')])) };
}

/** A certificate for 127.0.0.1 by an authority that nobody else knows; redis-server's options for it. */
function certificate(): { readonly authority: string; readonly options: string[] } {
  const folder = scratch();
  const path = (name: string) => join(folder, name);
  const certify = (name: string, ...words: string[]) => {
    const files = ['-keyout', path(`${name}.key`), '-out', path(`${name}.pem`)];
    const fixed = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', `/CN=${name}`];
    execFileSync('openssl', [...fixed, ...files, ...words], { stdio: 'ignore' });
  };
  certify('authority');
  const by = ['-CA', path('authority.pem'), '-CAkey', path('authority.key')];
  certify('server', ...by, '-addext', 'subjectAltName=IP:127.0.0.1', '-addext', 'basicConstraints=CA:FALSE');
  const files = ['--tls-cert-file', path('server.pem'), '--tls-key-file', path('server.key')];
  const others = ['--tls-ca-cert-file', path('authority.pem'), '--tls-auth-clients', 'no'];
  return { authority: path('authority.pem'), options: [...files, ...others] };
}

/** A worker that waits for trials. */
async function startWorker(...words: readonly string[]): Promise<Running & { said(): string }> {
  const running = start('worker', ...words);
  let said = '';
  for (const stream of [running.child.stdout, running.child.stderr]) {
    stream?.on('data', (text: string) => {
      said += text;
    });
  }
  await until(() => said.includes('Worker at'));
  return { ...running, said: () => said };
}

function environment(name: string, value: string): void {
  vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
}

describe.skipIf(noRedis)(needingRedis('exp --queue and worker'), () => {
  it('a worker runs kinds of an experiment’s own from its own copy of the file, and says which one it lacks', async () => {
    const server = await startRedis();
    const [here, there] = [scratch(), scratch()];
    for (const folder of [here, there]) cpSync(ownKinds, folder, { recursive: true });
    const store = join(here, 'results');
    const exp = start(
      ...['exp', join(here, 'mine.ts'), '--methods', 'hinge', '--seeds', '1', '--store', store],
      ...['--queue', server.url],
    );
    const without = await start('worker', '--queue', server.url, '--jobs', '1').ended;
    expect(without.code).toBe(2);
    expect(without.stderr).toMatch(
      /uses kinds of mine\.ts \([0-9a-f]{8}\), which this worker does not have: start it with/,
    );
    const worker = await startWorker('--queue', server.url, '--jobs', '1', '--experiment', join(there, 'mine.ts'));
    expect(await exp.ended).toMatchObject({ code: 0 });
    worker.child.kill('SIGINT');
    await worker.ended;
    expect(readFileSync(join(store, 'mine', 'trials.csv'), 'utf8')).toMatch(/\nmine,hinge,0,default,[0-9a-f]{8},done,/);
  }, 120_000);

  it.skipIf(noOpenssl)(
    `over TLS, with a password that is shown nowhere: the bytes of a local run${noOpenssl}`,
    async () => {
      const { authority, options } = certificate();
      const { url } = await startRedis('--requirepass', 'hush hush', ...options);
      const secret = url.replace('//', '//:hush%20hush@');
      const [local, store] = [scratch(), scratch()];
      const words = [...small(1, 'bigan-pgp'), '--store'];
      expect((await runHere(...words, local, '--jobs', '1')).code).toBe(0);
      const stranger = await run(...words, store, '--queue', secret);
      expect(stranger.stderr).toMatch(/^modebench: the certificate of rediss:\S+ is not trusted .*NODE_EXTRA_CA_CERTS/);
      expect(stranger.code).toBe(2);

      environment('NODE_EXTRA_CA_CERTS', authority);
      const worker = await startWorker('--queue', secret, '--jobs', '1');
      const title = readFileSync(`/proc/${worker.child.pid}/cmdline`, 'utf8');
      environment('MODEBENCH_REDIS_PASSWORD', 'hush hush');
      const { code, stdout, stderr } = await run(...words, store, '--queue', url);
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toMatch(/engine {3}auto on the workers of rediss:\S+, 1 job at once/);
      expect(stdout).toMatch(/Workers: 1, 1 trial at once/);
      expect(contentOf(store)).toEqual(contentOf(local));
      worker.child.kill('SIGTERM');
      expect((await worker.ended).code).toBe(0);
      expect([title, stdout, stderr, stranger.stderr, worker.said()].join('\n')).not.toContain('hush');
    },
    90_000,
  );

  it('can be left, interrupted and taken up again, in whatever order', async () => {
    const { url } = await startRedis();
    const store = scratch();
    const queued = ['--store', store, '--queue', url];
    const words = [...small(1, 'gan'), ...queued];
    const left = await runHere(...words, '--detach');
    const again = `npm run exp -- ${words.slice(1).join(' ')}`;
    expect([left.code, left.stderr]).toEqual([0, '']);
    expect(left.stdout).toContain(`On the queue: 1 trial\nGather:       ${again}\n`);
    const worker = await startWorker('--queue', url, '--jobs', '1');
    await until(() => /gan-s0-\w+: done/.test(worker.said()));
    worker.child.kill('SIGTERM');
    await worker.ended;

    const waiting = start(...small(3, 'gan'), ...queued);
    let said = '';
    waiting.child.stdout?.on('data', (text: string) => {
      said += text;
    });
    await until(() =>
      said.includes(`No worker is there; on any machine with this commit: npm run worker -- --queue ${url}`),
    );
    await until(() => existsCsv(store));
    waiting.child.kill('SIGINT');
    const interrupted = await waiting.ended;
    expect(interrupted.code).toBe(130);
    expect(interrupted.stderr).toMatch(/^Interrupted with 1 of 3 trials done; go on with: npm run exp -- grid25 /);
    const document = await runHere(...words, '--json');
    expect(document.code).toBe(0);
    expect(JSON.parse(document.stdout)).toMatchObject({ outcome: { done: 1, missing: 0 } });
  }, 90_000);
});

const existsCsv = (store: string): boolean => readdirSync(join(store, 'grid25')).includes('trials.csv');

describe('options of a queue', () => {
  const given: ExpArguments = { experiment: 'grid25', seeds: '1', engine: 'onnx', device: 'auto' };
  const queue = 'redis://127.0.0.1';
  it.each([
    [{ detach: true }, '--detach is an option of --queue, which is not given'],
    [{ shared: '/tmp' }, '--shared is an option of --queue, which is not given'],
    [{ queue, jobs: '2' }, /^--jobs: with --queue it is for workers to say/],
    [{ queue, device: 'cpu' }, /^--device: with --queue it is for workers to say/],
    [{ queue, slurm: true }, '--queue and --slurm are different ways to run: leave one of them out'],
    [{ queue: 'localhost' }, /^--queue: expected redis:/],
  ])('%j', (change, says) => expect(() => chooseLauncher({ ...given, ...change }, launchers)).toThrow(says));
});
