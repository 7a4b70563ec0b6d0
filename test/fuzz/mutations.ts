/** Valid files made wrong: bytes flipped, replaced, cut, inserted, repeated, and numbers in them set to what nobody has. */
import fc from 'fast-check';

const extremes = [0, 1, 2, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xffff_fffe, 0xffff_ffff];

type Edit = (bytes: Buffer, at: number) => Buffer;

const flip = fc.nat(7).map(
  (bit): Edit =>
    (bytes, at) =>
      patched(bytes, at, Buffer.of((bytes[at] ?? 0) ^ (1 << bit))),
);
const put = fc.nat(255).map(
  (byte): Edit =>
    (bytes, at) =>
      patched(bytes, at, Buffer.of(byte)),
);
const extreme = fc
  .record({ value: fc.constantFrom(...extremes), width: fc.constantFrom(2, 4, 8), little: fc.boolean() })
  .map(({ value, width, little }): Edit => {
    const number = Buffer.alloc(width, width === 8 && value > 1 ? 0xff : 0);
    const low = Math.min(width, 4);
    if (little) number.writeUIntLE(value % 2 ** (8 * low), 0, low);
    else number.writeUIntBE(value % 2 ** (8 * low), width - low, low);
    return (bytes, at) => patched(bytes, at, number);
  });
const cut = fc.constant<Edit>((bytes, at) => bytes.subarray(0, at));
const drop = fc.integer({ min: 1, max: 40 }).map(
  (length): Edit =>
    (bytes, at) =>
      spliced(bytes, at, length, none),
);
const insert = fc.uint8Array({ minLength: 1, maxLength: 12 }).map(
  (more): Edit =>
    (bytes, at) =>
      spliced(bytes, at, 0, more),
);
const repeat = fc.integer({ min: 1, max: 600 }).map(
  (length): Edit =>
    (bytes, at) =>
      spliced(bytes, at, 0, bytes.subarray(at, at + length)),
);

const none = new Uint8Array();
const patched = (bytes: Buffer, at: number, patch: Uint8Array): Buffer => spliced(bytes, at, patch.length, patch);
const spliced = (bytes: Buffer, at: number, length: number, more: Uint8Array): Buffer =>
  Buffer.concat([bytes.subarray(0, at), more, bytes.subarray(at + length)]);

const edits = fc.oneof(
  { arbitrary: flip, weight: 4 },
  { arbitrary: put, weight: 3 },
  { arbitrary: extreme, weight: 5 },
  cut,
  drop,
  insert,
  repeat,
);

/** Where in a file: anywhere, or near its beginning or end, where headers and directories are. */
const places = fc.oneof(
  fc.double({ min: 0, max: 1, noNaN: true }).map((share) => (length: number) => Math.floor(share * length)),
  fc.nat(64).map((at) => () => at),
  fc.nat(64).map((at) => (length: number) => length - at),
);

/** `file` with one to four edits. */
export function mutated(file: Uint8Array): fc.Arbitrary<Buffer> {
  return fc.array(fc.tuple(edits, places), { minLength: 1, maxLength: 4 }).map((list) =>
    list.reduce<Buffer>((bytes, [edit, place]) => {
      const at = Math.min(Math.max(0, place(bytes.length)), bytes.length);
      return edit(bytes, at);
    }, Buffer.from(file)),
  );
}

/** Pieces of text that readers of lines and cells stumble over. */
const pieces = fc.oneof(
  fc.constantFrom(
    ...',;"\'\n\r\t\0\\.-+=[]{}: ',
    '\r\n',
    '""',
    '\ufeff',
    '\u2028',
    '\u001b[2J',
    '\ud800',
    '𝟙',
    '\u0661',
  ),
  fc.constantFrom('__proto__', 'constructor', 'toString', 'NaN', 'Infinity', '1e999', '-0', '0x10', '9007199254740993'),
  fc.constantFrom('x'.repeat(3000), '9'.repeat(400), ',,,,,,,,', '\n\n\n'),
  fc.string(),
);

/** `text` with one to four pieces put into it, in the place of nothing, of a letter or of many. */
export function mutatedText(text: string): fc.Arbitrary<string> {
  const edit = fc.record({
    at: fc.nat(text.length),
    length: fc.constantFrom(0, 0, 1, 1, 3, 20, text.length),
    piece: pieces,
  });
  const edited = fc
    .array(edit, { minLength: 1, maxLength: 4 })
    .map((list) =>
      list.reduce((now, { at, length, piece }) => now.slice(0, at) + piece + now.slice(at + length), text),
    );
  return fc.oneof({ arbitrary: edited, weight: 9 }, pieces);
}
