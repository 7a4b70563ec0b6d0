/** Clocks that jump, for processes of a test alone: libfaketime shifts what they read; files keep the times of the real clock. */
import { existsSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const library = libraries()[0];

/** The words that keep a test from running here; '' where clocks can be made to jump. */
export const whyNoJumps = library === undefined ? 'needs libfaketime: apt install libfaketime' : '';

export interface Clock {
  /** For the environment of the processes that read this clock. Time that only ever goes on (`performance.now`) stays as it is. */
  readonly env: Readonly<Record<string, string>>;
  /** From now on it is ahead of the real one by that many seconds. */
  readonly jump: (seconds: number) => void;
}

/** `folder` must outlive the processes. */
export function clockIn(folder: string): Clock {
  const path = join(folder, 'clock');
  const jump = (seconds: number) => {
    writeFileSync(`${path}.new`, `${seconds < 0 ? '' : '+'}${seconds}\n`);
    renameSync(`${path}.new`, path); // read at any moment
  };
  jump(0);
  const env = {
    LD_PRELOAD: library ?? '',
    FAKETIME_TIMESTAMP_FILE: path,
    FAKETIME_NO_CACHE: '1',
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
    NO_FAKE_STAT: '1',
  };
  return { env, jump };
}

function libraries(): string[] {
  const root = '/usr/lib';
  const folders = existsSync(root) ? readdirSync(root).map((name) => join(root, name, 'faketime')) : [];
  return folders.map((folder) => join(folder, 'libfaketimeMT.so.1')).filter((path) => existsSync(path));
}
