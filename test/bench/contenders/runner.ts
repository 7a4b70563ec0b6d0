/** The process of one contender: started with one thread, asked for steps, stopped. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { type Contender, howToInstall, type Place } from './contenders.ts';

/** One thread for everything that a framework may start. */
const oneThread = {
  // No __pycache__ among the sources.
  PYTHONDONTWRITEBYTECODE: '1',
  OMP_NUM_THREADS: '1',
  MKL_NUM_THREADS: '1',
  OPENBLAS_NUM_THREADS: '1',
  XLA_FLAGS: '--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1',
  TORCHINDUCTOR_COMPILE_THREADS: '1',
};

export interface Measured {
  readonly steps: number;
  /** Seconds on the clock, and of processor time in the contender's process. */
  readonly wall: number;
  readonly cpu: number;
  /** Bytes that the process holds after them; our own say it. */
  readonly rss?: number;
}

export interface Runner {
  readonly contender: Contender;
  readonly version: string | undefined;
  /** Losses of D and of the players at the first steps. */
  readonly losses: readonly (readonly [number, number])[];
  /** The single step of a contender that runs once; such a one answers to `run` no more. */
  readonly only?: Measured;
  /** At least this many steps, timed by the process itself. */
  run(steps: number): Promise<Measured>;
  stop(): Promise<void>;
}

/** A contender that this machine does not have; `reason` says what to do about it. */
export interface Absent {
  readonly contender: Contender;
  readonly reason: string;
}

export async function startRunner(contender: Contender, place: Place): Promise<Runner | Absent> {
  const [program, ...words] = contender.command(place);
  const child = spawn(program, words, { env: { ...process.env, ...oneThread }, stdio: ['pipe', 'pipe', 'pipe'] });
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints = (complaints + text).slice(-4000);
  });
  child.stdin.on('error', () => {
    // A process that is gone is noticed where its answer is missed.
  });
  const closed = new Promise<string>((resolve) => {
    child.once('error', ({ message }) => resolve(message));
    child.once('close', () => resolve(complaints));
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async (): Promise<unknown> => {
    const { value, done } = await lines.next();
    if (done) throw new Error(await closed);
    return JSON.parse(value);
  };
  try {
    // Both ends of the conversation are ours.
    const first = (await answer()) as Pick<Runner, 'version' | 'losses' | 'only'>;
    return {
      contender,
      ...first,
      run: (steps) => {
        child.stdin.write(`${steps}\n`);
        return answer() as Promise<Measured>;
      },
      stop: () => stop(child),
    };
  } catch (error) {
    await stop(child);
    return { contender, reason: whyAbsent(contender, place, (error as Error).message) };
  }
}

export const isAbsent = (started: Runner | Absent): started is Absent => 'reason' in started;

async function stop(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

/** One line. A package that is missing is said with how to install it; everything else in the process's last words. */
export function whyAbsent({ needs }: Contender, { python }: Pick<Place, 'python'>, complaint: string): string {
  const lines = complaint.trim().split('\n');
  // Node says its version after the error.
  const lastWords =
    (lines.findLast((line) => /^\w*Error: /.test(line)) ?? lines.at(-1))?.slice(0, 200) || 'it ended without a word';
  if (needs === undefined) return lastWords;
  if (/ENOENT/.test(complaint)) return `no ${python}: say where Python is with --python or MODEBENCH_PYTHON`;
  const missing = /No module named '(\w+)'/.exec(complaint)?.[1];
  if (missing === needs || missing === 'numpy') {
    return `${python} has no ${missing}: ${howToInstall[needs]}, or name another Python with --python or MODEBENCH_PYTHON`;
  }
  return lastWords;
}
