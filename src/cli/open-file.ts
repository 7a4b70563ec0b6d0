/** Opens a file with the program that the system has for it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { messageOf } from '../base/one-line.ts';
import { remark } from './print.ts';

/** `$BROWSER` where it is set. Says so where there is no such program; the file is there all the same. */
export async function openFile(path: string): Promise<void> {
  const usual = { darwin: ['open'], win32: ['cmd', '/c', 'start', ''] }[process.platform as string] ?? ['xdg-open'];
  const [program = '', ...words] = process.env.BROWSER ? [process.env.BROWSER] : usual;
  try {
    const child = spawn(program, [...words, path], { detached: true, stdio: 'ignore' });
    await once(child, 'spawn');
    child.unref();
  } catch (error) {
    remark(`modebench: cannot open ${path}: ${messageOf(error)} (BROWSER names a program)`);
  }
}
