/** Words and their text, held against a real shell. */
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinWords, shellWord, splitWords } from '../../src/base/shell-words.ts';

/** What /bin/sh makes of the text; `undefined` where it refuses. */
function shellsWords(text: string): string[] | undefined {
  const { status, stdout } = spawnSync('/bin/sh', ['-c', `printf '%s\\0' first ${text}`], { encoding: 'utf8' });
  return status === 0 ? stdout.split('\0').slice(1, -1) : undefined;
}

/** Anything that an argument can hold; quotes, blanks and signs of the shell more often. */
const word = fc
  .array(fc.oneof(fc.constantFrom(...` '"\\$\`!*?[]{}()<>|&;#~=%\n\t-`), fc.string({ unit: 'binary', maxLength: 3 })), {
    maxLength: 12,
  })
  .map((parts) => parts.join('').replaceAll('\0', ''));

describe('words of a shell', () => {
  it('come through a real shell as they were', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), (words) => {
        expect(shellsWords(joinWords(words))).toEqual(words);
      }),
      { numRuns: 60 },
    );
  });

  it('are read back from their text', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), (words) => {
        expect(splitWords(joinWords(words))).toEqual(words);
      }),
    );
  });

  it('are read as a real shell reads them, and not at all where a quote stays open', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '=', '-', ' ', '\t', "'", '"', '\\'), maxLength: 12 });
    fc.assert(
      fc.property(text, (given) => {
        fc.pre(!/(^|[^\\])(\\\\)*\\$/.test(given)); // shells disagree on a backslash at the very end
        expect(splitWords(given)).toEqual(shellsWords(given));
      }),
      { numRuns: 150 },
    );
  });

  it('are plain where they can be', () => {
    expect(joinWords(['--set', 'training.steps=100', 'nets.hidden=[8]', ''])).toBe(
      "--set training.steps=100 'nets.hidden=[8]' ''",
    );
    expect(splitWords(`--time=2:00:00 --comment="a \\"b\\"" -p'x y' `)).toEqual([
      '--time=2:00:00',
      '--comment=a "b"',
      '-px y',
    ]);
    expect(splitWords('')).toEqual([]);
    expect([splitWords('a"b'), splitWords('a\\')]).toEqual([undefined, undefined]);
  });
});

it('quotes for a shell only what needs it', () => {
  expect(['grid25', 'penalty.weight=0,1', 'a b', "it's", 'x[1]'].map(shellWord)).toEqual([
    'grid25',
    'penalty.weight=0,1',
    "'a b'",
    "'it'\\''s'",
    "'x[1]'",
  ]);
});
