/**
 * Declares the options of `worker`: names, types and help. It imports nothing heavy; values are checked where they are
 * used.
 */
import type { Options } from 'yargs';

export const workerOptions = {
  queue: {
    type: 'string',
    requiresArg: true,
    describe: 'redis://[:password@]host[:port][/db], rediss:// for TLS; or MODEBENCH_REDIS_PASSWORD for the password',
  },
  jobs: { type: 'string', requiresArg: true, describe: 'Trials at once; default: the cores, or 1 on an accelerator' },
  engine: { type: 'string', requiresArg: true, default: 'auto', describe: 'The engine that the runs to serve ask for' },
  device: { type: 'string', requiresArg: true, default: 'auto', describe: "Where this machine computes: see exp's" },
  data: { type: 'string', requiresArg: true, describe: 'Folder of prepared pictures; default: data' },
  scorer: { type: 'string', requiresArg: true, describe: 'The ONNX file of runs that bring a scorer, on this machine' },
  experiment: {
    type: 'string',
    array: true,
    requiresArg: true,
    describe: 'Files of experiments whose own kinds this worker may run (repeatable)',
  },
  shared: {
    type: 'string',
    requiresArg: true,
    describe: 'A folder that all machines see, for what Redis is too small for',
  },
} as const satisfies Record<string, Options>;

/** What yargs makes of them. */
export interface WorkerArguments {
  readonly queue?: string;
  readonly jobs?: string;
  readonly engine: string;
  readonly device: string;
  readonly data?: string;
  readonly scorer?: string;
  readonly experiment?: readonly string[];
  readonly shared?: string;
}
