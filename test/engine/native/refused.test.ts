/** A machine that machine code does not run on: `auto` goes on without it and says why, and by its name it is refused. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { run, scratch } from '../../cli/run-cli.ts';
import { noNative } from '../../support/native.ts';

const denied = fileURLToPath(new URL('denied.mjs', import.meta.url));

afterEach(() => void vi.unstubAllEnvs());

/** What the command does where the system refuses executable memory; `undefined` where it cannot be made to. */
async function underRefusal(...words: string[]) {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, ['--jitless', denied, ...words]);
    return { code: 0, stdout, stderr: '' };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string }; // execFile's
    return code === 77 ? undefined : { code, stdout, stderr };
  }
}

const words = ['exp', 'grid25', '--preset', 'smoke', '--seeds', '1', '--methods', 'gan', '--json'];

describe.skipIf(noNative)('a system that refuses executable memory', () => {
  it('trains on onnxruntime, and says why', async ({ skip }) => {
    const ended = await underRefusal(...words, '--store', scratch());
    if (ended === undefined) return skip();
    const { engine, notes, rows } = JSON.parse(ended.stdout);
    expect(engine).toBe('onnx');
    expect(notes.join()).toContain('engine onnx (native: the system refuses executable memory)');
    expect(rows).toMatchObject([{ status: 'done', engine: 'onnx' }]);
  }, 120_000);

  it('refuses machine code by its name in one line', async ({ skip }) => {
    const ended = await underRefusal(...words, '--engine', 'native', '--dry-run');
    if (ended === undefined) return skip();
    const [line] = ended.stderr.split('\n').filter((one) => one.startsWith('modebench'));
    expect([ended.code, line]).toEqual([
      2,
      'modebench: --engine native: the system refuses executable memory; --engine onnx runs everywhere',
    ]);
  }, 60_000);
});

describe.skipIf(noNative)('a processor without AVX2', () => {
  it('is told so by MODEBENCH_VECTORS', async () => {
    vi.stubEnv('MODEBENCH_VECTORS', 'none');
    const { stdout } = await run(...words, '--dry-run');
    const { engine, notes } = JSON.parse(stdout);
    expect(engine).toBe('onnx');
    expect(notes.join()).toContain('native: needs AVX2 and FMA, which this processor lacks');
  });

  it('refuses machine code by its name in one line', async () => {
    vi.stubEnv('MODEBENCH_VECTORS', 'none');
    const { code, stderr } = await run(...words, '--engine', 'native', '--dry-run');
    expect([code, stderr]).toEqual([
      2,
      'modebench: --engine native: needs AVX2 and FMA, which this processor lacks; --engine onnx runs everywhere\n',
    ]);
  });
});
