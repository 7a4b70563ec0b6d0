/** File systems of a test's own, mounted where the machine allows it and gone with the test. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** What `mount` is told of a memory file system of that many KiB. */
const tmpfs = (kib: number, ...options: string[]) => [
  '-t',
  'tmpfs',
  '-o',
  [`size=${kib}k`, ...options].join(),
  'tmpfs',
];

/** The words that keep a test from running here; '' where tmpfs can be mounted. */
export function whyNoTmpfs(): string {
  const folder = mkdtempSync(join(tmpdir(), 'modebench-mount-'));
  const { status } = spawnSync('mount', [...tmpfs(64), folder]);
  if (status === 0) spawnSync('umount', [folder]);
  rmdirSync(folder);
  return status === 0 ? '' : 'tmpfs cannot be mounted here: needs root';
}

/** A small disk in memory. */
export function smallDisk(kib: number): { readonly folder: string; readonly remount: (mode: 'ro' | 'rw') => void } {
  const folder = mkdtempSync(join(tmpdir(), 'modebench-mount-'));
  onTestFinished(() => unmount(folder));
  mount(...tmpfs(kib), folder);
  return { folder, remount: (mode) => mount('-o', `remount,${mode}`, folder) };
}

/** What `exfat-fuse` mounts: a file system without hard links. */
export function whyNoExfat(): string {
  const isThere = ['mkfs.exfat', 'mount.exfat-fuse', 'losetup'].every(
    (name) => spawnSync('which', [name]).status === 0,
  );
  if (!isThere) return 'needs exFAT: apt install exfat-fuse exfatprogs';
  return existsSync('/dev/fuse') && existsSync('/dev/loop-control') && process.getuid?.() === 0
    ? ''
    : 'exFAT cannot be mounted here: needs root, /dev/fuse and a loop device';
}

/** A small disk that is formatted as memory cards are. */
export function exfatDisk(): string {
  const folder = mkdtempSync(join(tmpdir(), 'modebench-mount-'));
  const image = `${folder}.img`;
  writeFileSync(image, '');
  truncateSync(image, 8 * 2 ** 20);
  told('mkfs.exfat', image);
  const device = told('losetup', '--find', '--show', image).trim();
  onTestFinished(() => {
    unmount(folder);
    spawnSync('losetup', ['--detach', device]);
    rmSync(image);
  });
  told('mount.exfat-fuse', device, folder);
  return folder;
}

function mount(...words: string[]): void {
  told('mount', ...words);
}

function told(command: string, ...words: string[]): string {
  const { status, stdout, stderr } = spawnSync(command, words, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${words.join(' ')}: ${stderr}`);
  return stdout;
}

function unmount(folder: string): void {
  spawnSync('umount', ['-l', folder]);
  rmdirSync(folder);
}
