/** What comes back of a trial: whole, or refused in one line. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Archive, packArchive, unpackArchive } from '../../../src/launch/redis/archive.ts';
import { encodeRecord } from '../../../src/store/record.ts';
import { recordOf, specOf } from '../../cli/records.ts';

const record = recordOf(specOf('bigan-pgp', 3), { modesCaptured: 4, reverseKL: Number.NaN, worst: Infinity });
const bytes = (text: string) => Buffer.from(text);
const archive = (...names: string[]): Archive => ({
  kind: 'record',
  record,
  files: names.map((name) => ({ name, bytes: bytes(`content of ${name}`) })),
  maxRssBytes: 5,
});

describe('an archive', () => {
  it('comes out as it went in, its record to the letter', () => {
    const out = unpackArchive(packArchive(archive('history.csv', 'generator.onnx', 'networks')));
    expect(out).toEqual(archive('history.csv', 'generator.onnx', 'networks'));
    expect(out.kind === 'record' && encodeRecord(out.record)).toBe(encodeRecord(record));
    expect(unpackArchive(packArchive({ kind: 'usage', message: 'no' }))).toEqual({ kind: 'usage', message: 'no' });
  });

  it.each([
    '../evil',
    '/etc/passwd',
    'a/b',
    'a\\b',
    '.hidden',
    'trial.json',
    'Trial.JSON',
    '',
    'nul\0',
    'x'.repeat(101),
    'dot.',
  ])('names no file %j', (name) => expect(() => unpackArchive(packArchive(archive(name)))).toThrow(/^it names a file/));

  it('names no file twice, also where letters are alike to a file system', () =>
    expect(() => unpackArchive(packArchive(archive('a.csv', 'A.csv')))).toThrow('it names a file twice'));

  it('has a header of some MB at most', () => {
    const [magic, length] = [Buffer.from('MODEBENCH-BUNDLE\0'), Buffer.alloc(4)];
    length.writeUInt32LE(9 * 2 ** 20);
    const forged = Buffer.concat([magic, length, Buffer.from(`[${'[],'.repeat(3 * 2 ** 20)}0]`)]);
    expect(() => unpackArchive(forged)).toThrow('its header has more than 8 MB');
  });

  it('is refused in a line, or is whole, whatever was done to its bytes', () => {
    const whole = packArchive(archive('history.csv', 'networks'));
    const changes = fc.oneof(
      fc.nat(whole.length - 1).map((end) => whole.subarray(0, end)),
      fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 })).map(([at, flip]) => {
        const copy = Buffer.from(whole);
        copy[at] = (copy[at] ?? 0) ^ flip;
        return copy;
      }),
      fc.uint8Array({ maxLength: 60 }).map((tail) => Buffer.concat([whole, tail])),
      fc.uint8Array({ maxLength: 60 }).map((all) => Buffer.from(all)),
    );
    fc.assert(
      fc.property(changes, (changed) => {
        try {
          unpackArchive(changed);
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
          expect((error as Error).name).toBe('Error');
          expect((error as Error).message).toMatch(/^(?!internal)[^\n]+$/);
        }
      }),
      { numRuns: 300 },
    );
  });
});
