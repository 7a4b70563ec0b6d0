/** Colours and control characters in what other programs wrote: they reach no terminal, no table and no record. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { inLine, plainText } from '../../src/base/one-line.ts';
import { buildReport } from '../../src/report/build.ts';
import { encodeRecord } from '../../src/store/record.ts';
import { openStore } from '../../src/store/store.ts';
import { scratch } from '../cli/run-cli.ts';
import { loadReport, sampleRecords, storeOf } from '../report/sample-store.ts';
import { exp, run } from './runs.ts';

// Seconds alone, more beside other tests.
vi.setConfig({ testTimeout: 180_000 });

/** A colour, a cursor sent home, a bell, a one-byte CSI, a backspace, a zero, a text turned round, half a letter, no letter. */
const nasty = '\x1b[31mred\x1b[0m \x1b[H\x07 \x9b2J \b\0 \u202egnp \ud800 \uffff end';
const control = /(?!\n)[\p{Cc}\p{Cs}\u202e\uffff]/u;

it('a line of them is a line of letters', () => {
  expect(inLine(nasty)).toBe('red gnp end');
  expect(plainText(`a\n${nasty}\tb`)).not.toMatch(control);
  expect(plainText('Größe 实验 α\n')).toBe('Größe 实验 α\n');
});

describe('a record that somebody wrote with them', () => {
  const records = sampleRecords().map((record, at) =>
    at > 0
      ? record
      : { ...record, reason: nasty, host: nasty, device: nasty, scorer: nasty, status: 'failed' as const },
  );

  it('is read without them, and stops neither report nor table', async () => {
    const root = await storeOf(records);
    const [first] = records;
    if (!first) throw new Error('a record');
    const store = openStore(root, 'grid25');
    writeFileSync(join(store.folder(first.id), 'trial.json'), encodeRecord(first));
    await store.rebuild();
    expect(readFileSync(store.csv, 'utf8')).not.toMatch(control);
    expect(store.find(first)).toMatchObject({ reason: inLine(nasty), host: inLine(nasty) });
    const data = await loadReport(root, 'grid25');
    expect(data.problems).toEqual([]);
    const { faults, folder } = await buildReport(data, { out: join(root, 'out'), command: 'report' });
    expect(faults).toEqual([]);
    for (const name of readdirSync(folder).filter((one) => /\.(html|svg|json|md|csv)$/.test(one)))
      expect([name, readFileSync(join(folder, name), 'utf8').replaceAll('\t', ' ')]).toEqual([
        name,
        expect.not.stringMatching(control),
      ]);
  });
});

it('the last words of a dying worker lose their colours in terminal and record', async () => {
  const store = scratch();
  const dying = join(store, 'dying.mjs');
  const said = JSON.stringify(`${nasty}\n fatal \x1b[1mdeath\x1b[0m\x07\n`);
  writeFileSync(dying, `if (process.send) { process.stderr.write(${said}); process.exit(3); }`);
  const command = exp(store, 100, '--methods', 'gan', '--seeds', '1', '--jobs', '1', '--quiet');
  const { code, stdout, stderr } = await run(command, { env: { NODE_OPTIONS: `--import ${dying}` } });
  expect(code).toBe(1);
  expect(`${stdout}${stderr}`).not.toMatch(control);
  const [record] = await openStore(store, 'grid25').records();
  expect(record?.reason).toBe('twice, its process ended with code 3: fatal death');
  expect(stderr).toContain(record?.reason);
});

it('a file of such a name is named without them', async () => {
  const folder = join(scratch(), 'a\x1b[31mb\x07');
  mkdirSync(folder);
  const path = join(folder, 'mine.ts');
  writeFileSync(path, 'export default 5;\n');
  expect(existsSync(path)).toBe(true);
  const { code, stderr } = await run(['exp', path]);
  expect(code).toBe(2);
  expect(stderr).not.toMatch(control);
  expect(stderr).toMatch(/^modebench: [^\n]*mine\.ts[^\n]*\n$/);
});
