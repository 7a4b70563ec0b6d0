/** Identifies a process, so that a lock outlives neither its owner nor the reuse of its owner's process number. */
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

export interface ProcessIdentity {
  readonly pid: number;
  readonly host: string;
  /** Start time of the process in the system's units (boot and ticks); '' where it is unknown. */
  readonly started: string;
}

/** This process. */
export function thisProcess(): ProcessIdentity {
  return { pid: process.pid, host: hostname(), started: startOf(process.pid) };
}

/** Whether a process of this host is certainly over: its number is free, or belongs to one that began at another time. */
export function isOver({ pid, started }: ProcessIdentity): boolean {
  if (!isAlive(pid)) return true;
  const now = startOf(pid);
  return started !== '' && now !== '' && now !== started;
}

/** Whether a process with that number runs here. One that ended and that its parent never asked after (a zombie) does not. */
export function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it runs, under another user.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  return !/^[ZX]/.test(statOf(pid)[0] ?? '');
}

function startOf(pid: number): string {
  try {
    const ticks = statOf(pid)[19];
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return ticks === undefined ? '' : `${boot}/${ticks}`;
  } catch {
    return '';
  }
}

/** Linux: the fields of /proc/<pid>/stat from the state on, after the name, which may hold spaces; none elsewhere. */
function statOf(pid: number): readonly string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}
