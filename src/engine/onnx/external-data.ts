/**
 * Finds the files beside an ONNX file that hold its weights, as PyTorch's exporter writes them (`x.onnx.data`). The format is
 * protobuf, of which a walk needs field numbers alone: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.
 */

/** By kind of message: what its fields of these numbers hold. */
const fields = {
  model: { 7: 'graph', 25: 'function' },
  function: { 7: 'node' },
  graph: { 1: 'node', 5: 'tensor', 15: 'sparse' },
  node: { 5: 'attribute' },
  attribute: { 5: 'tensor', 6: 'graph', 10: 'tensor', 11: 'graph', 22: 'sparse', 23: 'sparse' },
  sparse: { 1: 'tensor', 2: 'tensor' },
  tensor: { 13: 'entry' },
  entry: {},
} as const satisfies Record<string, Readonly<Record<number, string>>>;
type Message = keyof typeof fields;

/** The deepest nesting that is followed: graphs within attributes of nodes. */
const deepest = 64;

/** Places as the file names them, each once; none for what is no ONNX file, which whoever loads it refuses. */
export function externalPlaces(bytes: Uint8Array): string[] {
  const places = new Set<string>();
  try {
    walk(bytes, 'model', 0, places);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return [...places].sort();
}

function walk(bytes: Uint8Array, message: Message, depth: number, places: Set<string>): void {
  if (depth > deepest) throw new RangeError('nested too deeply');
  const inner: Readonly<Record<number, Message>> = fields[message];
  const entry: string[] = [];
  for (const [field, content] of fieldsIn(bytes)) {
    if (message === 'entry') entry[field] = new TextDecoder().decode(content);
    const next = inner[field];
    if (next !== undefined) walk(content, next, depth + 1, places);
  }
  const [, key, value] = entry;
  if (key === 'location' && value !== undefined) places.add(value);
}

/** The fields of a message that have a length, with their numbers. Throws RangeError where it is cut short. */
function* fieldsIn(bytes: Uint8Array): IterableIterator<readonly [field: number, content: Uint8Array]> {
  const cursor = { bytes, at: 0 };
  while (cursor.at < bytes.length) {
    const tag = varint(cursor);
    const kind = tag % 8;
    if (kind === 0) varint(cursor);
    else if (kind === 1) cursor.at += 8;
    else if (kind === 5) cursor.at += 4;
    else if (kind === 2) {
      const end = varint(cursor) + cursor.at;
      if (end > bytes.length) throw new RangeError('cut short');
      yield [Math.floor(tag / 8), bytes.subarray(cursor.at, end)];
      cursor.at = end;
    } else throw new RangeError('no protobuf');
  }
}

function varint(cursor: { readonly bytes: Uint8Array; at: number }): number {
  let value = 0;
  for (let scale = 1; ; scale *= 128) {
    const byte = cursor.bytes[cursor.at++];
    if (byte === undefined || scale > 2 ** 63) throw new RangeError('cut short');
    value += (byte % 128) * scale;
    if (byte < 128) return value;
  }
}
