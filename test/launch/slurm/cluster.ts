/** A Slurm of one node in a folder of its own: the real daemons, as the user who runs the test, on ports that are free. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { plainEnvironment } from '../../cli/run-cli.ts';

const searched = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin'];

function programAt(name: string): string | undefined {
  return searched
    .map((folder) => join(folder, name))
    .find((path) => {
      try {
        accessSync(path);
        return true;
      } catch {
        return false;
      }
    });
}

/** Programs of Debian's slurm-wlm that this machine lacks. */
export const lacking = ['slurmctld', 'slurmd', 'sbatch', 'scontrol', 'squeue'].filter((name) => !programAt(name));

export interface Cluster {
  /** What commands need to find it. */
  readonly env: NodeJS.ProcessEnv;
  /** stdout of one of Slurm's commands. */
  ask(program: string, ...args: readonly string[]): string;
  /** Waits until none of the job's tasks is pending, running or ending. */
  finished(job: string): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the daemons in `folder`, with `cpus` processors on the node, and waits until the node takes jobs. */
export async function startCluster(folder: string, cpus: number): Promise<Cluster> {
  for (const name of ['state', 'spool']) mkdirSync(join(folder, name), { recursive: true });
  const config = join(folder, 'slurm.conf');
  writeFileSync(config, configText(folder, cpus, await Promise.all([freePort(), freePort()])));
  const env = { ...plainEnvironment(), SLURM_CONF: config };
  const daemons = [
    daemon('slurmctld', ['-D', '-c', '-f', config], env),
    daemon('slurmd', ['-D', '-N', 'localhost', '-f', config], env),
  ];
  const ask = (program: string, ...args: readonly string[]) =>
    execFileSync(program, args, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const stop = async () => {
    await Promise.all(daemons.map(end));
  };
  await until(() => ask('sinfo', '--noheader', '--format=%T').trim() === 'idle', 20).catch(async (fault) => {
    await stop();
    const logs = ['ctld', 'd'].map((name) => readFileSync(join(folder, `${name}.log`), 'utf8'));
    throw new Error(`Slurm did not start: ${fault.message}\n${logs.join('\n')}`);
  });
  return {
    env,
    ask,
    finished: (job) => until(() => ask('squeue', '--noheader', '--job', job).trim() === '', 30),
    stop,
  };
}

/** No cgroups, no munge, no accounting: what one node in a container can do. */
const configText = (folder: string, cpus: number, [port, nodePort]: readonly number[]): string => `
ClusterName=test
SlurmctldHost=localhost
SlurmctldPort=${port}
SlurmdPort=${nodePort}
SlurmUser=${userInfo().username}
SlurmdUser=${userInfo().username}
AuthType=auth/none
CredType=cred/none
StateSaveLocation=${folder}/state
SlurmdSpoolDir=${folder}/spool
SlurmctldPidFile=${folder}/ctld.pid
SlurmdPidFile=${folder}/d.pid
SlurmctldLogFile=${folder}/ctld.log
SlurmdLogFile=${folder}/d.log
ProctrackType=proctrack/pgid
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerParameters=sched_min_interval=100000,batch_sched_delay=0
SlurmdParameters=config_overrides
MailProg=/bin/true
NodeName=localhost CPUs=${cpus} State=UNKNOWN
PartitionName=main Nodes=ALL Default=YES State=UP MaxTime=INFINITE
`;

function daemon(name: string, args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess {
  return spawn(programAt(name) ?? name, args, { env, stdio: 'ignore' });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await Promise.race([gone, sleep(5_000).then(() => child.kill('SIGKILL'))]);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === 'string') throw new Error('internal: a port has a number');
  return address.port;
}

/** Polls; what throws counts as not yet. */
export async function until(isSo: () => boolean, seconds: number): Promise<void> {
  let fault: unknown;
  for (const began = performance.now(); performance.now() - began < seconds * 1e3; await sleep(200)) {
    try {
      if (isSo()) return;
      fault = undefined;
    } catch (error) {
      fault = error;
    }
  }
  throw new Error(`not so after ${seconds} s: ${isSo}${fault instanceof Error ? ` (${fault.message})` : ''}`);
}
