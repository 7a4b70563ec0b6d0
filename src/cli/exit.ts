/** Exit codes, and the report of an error that ends a command: one line, with a stack trace only on request. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inLine } from '../base/one-line.ts';
import { installOf, missingPackage } from '../base/optional-packages.ts';
import { UsageError } from '../base/usage-error.ts';
import { errorCode } from '../disk/files.ts';
import { cache } from '../experiment/source-tree.ts';
import { remark } from './print.ts';

/** 0 all trials done, 1 a trial (or the program) failed, 2 bad usage, 130 interrupted and resumable. */
export const ExitCode = { done: 0, failed: 1, usage: 2, interrupted: 130 } as const;

/** Prints one line on stderr and returns the exit code. The stack of an unexpected fault goes to a file, or here with DEBUG=modebench. */
export function reportFault(error: unknown): number {
  if (error instanceof UsageError) {
    remark(`modebench: ${line(error.message)}`);
    return ExitCode.usage;
  }
  if (errorCode(error) === 'ENAMETOOLONG') {
    // Whatever a command makes a folder or a file of, a user typed its name.
    const { path = '' } = error as NodeJS.ErrnoException;
    remark(`modebench: the name is too long for this disk: ${line(path)}`);
    return ExitCode.usage;
  }
  const missing = missingPackage(error);
  if (missing !== undefined) {
    remark(`modebench: this needs the package ${missing}: ${installOf(missing)}`);
    return ExitCode.usage;
  }
  const { message, stack = message } = error instanceof Error ? error : new Error(String(error));
  if (process.env.DEBUG === 'modebench') remark(stack);
  else remark(`modebench: ${line(message)} (${traceHint(stack)})`);
  return ExitCode.failed;
}

function traceHint(stack: string): string {
  try {
    const path = join(cache(), 'last-fault.txt');
    writeFileSync(path, `${new Date().toISOString()} ${process.argv.slice(2).join(' ')}\n${stack}\n`);
    return `trace: ${path}`;
  } catch {
    return 'DEBUG=modebench shows the trace';
  }
}

const line = (message: string): string => inLine(message, 10_000).trim();
