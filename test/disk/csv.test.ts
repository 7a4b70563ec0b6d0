import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellNumber, readCsv, writeCsv } from '../../src/disk/csv.ts';
import { decodeHistory, encodeHistory, type HistoryRow } from '../../src/store/history.ts';

describe('CSV', () => {
  it('prints numbers shortest, lists as JSON, and nothing for what is not defined', () => {
    expect(
      writeCsv(
        ['a', 'b', 'c', 'd'],
        [
          { a: 0.1, b: Number.NaN, c: [64, 64], d: 'x, "y"' },
          { a: -0, d: 1e21 },
        ],
      ),
    ).toBe('a,b,c,d\n0.1,,"[64,64]","x, ""y"""\n0,,,1e+21\n');
  });

  it('gives numbers back to the bit and texts to the letter', () => {
    const cell = fc.oneof(
      fc.double(),
      fc.string().filter((text) => text !== ''),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), (rows) => {
        const text = writeCsv(
          ['one', 'two'],
          rows.map(([one, two]) => ({ one, two })),
        );
        const table = readCsv(text, 'test');
        expect(table.rows).toHaveLength(rows.length);
        rows.forEach((row, index) => {
          row.forEach((value, column) => {
            const found = table.rows[index]?.get(column === 0 ? 'one' : 'two') ?? 'missing';
            if (typeof value === 'string') expect(found).toBe(value);
            else expect(cellNumber(found, 'test')).toBe(value === 0 ? 0 : value);
          });
        });
      }),
    );
  });

  it('reads any text as a table or refuses it with the source’s name', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ' ', '1') }), (text) => {
        try {
          const { columns, rows } = readCsv(text, 'some.csv');
          for (const row of rows) expect([...row.keys()]).toEqual(columns);
        } catch (error) {
          expect(String(error)).toContain('some.csv: ');
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('says what is wrong', () => {
    expect(() => readCsv('', 'x.csv')).toThrow('x.csv: expected a header, got an empty file');
    expect(() => readCsv('a,b\n1\n', 'x.csv')).toThrow('x.csv: ');
    expect(() => readCsv('a,a\n1,2\n', 'x.csv')).toThrow("x.csv: the column 'a' stands there twice");
    expect(() => cellNumber('many', 'x.csv: row 2')).toThrow("x.csv: row 2: expected a number, got 'many'");
    expect(() => cellNumber(' ', 'x.csv')).toThrow('expected a number');
  });
});

describe('history', () => {
  const rows: HistoryRow[] = [
    { step: 0, values: { lossD: 1.25, modes: Number.NaN } },
    { step: 50, values: { lossD: -0.1, modes: 3, late: 0.1 } },
  ];

  it('has a column for every value that ever appears', () => {
    expect(encodeHistory(rows)).toBe('step,lossD,modes,late\n0,1.25,,\n50,-0.1,3,0.1\n');
    expect(decodeHistory(encodeHistory(rows), 'history.csv')).toEqual([
      { step: 0, values: { lossD: 1.25, modes: Number.NaN, late: Number.NaN } },
      rows[1],
    ]);
  });

  it('prints the same bytes after having been read', () => {
    const text = encodeHistory(rows);
    expect(encodeHistory(decodeHistory(text, 'history.csv'))).toBe(text);
  });

  it('refuses what is no history', () => {
    expect(() => decodeHistory('a,b\n', 'h.csv')).toThrow('h.csv: expected the first column to be step');
    expect(() => decodeHistory('step,b\n1.5,2\n', 'h.csv')).toThrow('h.csv: row 1: expected a step, got 1.5');
    expect(() => decodeHistory('step,b\n1,x\n', 'h.csv')).toThrow("h.csv: row 1, b: expected a number, got 'x'");
  });
});
