/** Writes what TensorBoard reads: event files, of scalars, pictures and hyperparameters with metrics. */
import { bool, bytes, double, encoded, float, int, type Message, part, text } from '../../base/protobuf.ts';

/** One `Event`: when (seconds), after which step, and its `Summary` values. */
export interface Event {
  readonly time: number;
  readonly step: number;
  readonly values: readonly Message[];
}

/** Curve `tag`. */
export const scalar = (tag: string, value: number): Message => [text(1, tag), float(2, value)];

/** A picture `tag`, as PNG. */
export const picture = (tag: string, png: Uint8Array, width: number, height: number): Message => [
  text(1, tag),
  part(4, [int(1, height), int(2, width), int(3, 3), bytes(4, png)]),
];

/** `[0]`, which the plugin of hyperparameters wants where it reads nothing. */
const nothing: Message = [int(1, 1), part(2, [part(2, [int(1, 1)])]), float(5, 0)];

/** `SummaryMetadata` with `HParamsPluginData` in it. */
const ofHyperparameters = (tag: string, content: Message): Message => [
  text(1, tag),
  part(9, [part(1, [text(1, 'hparams'), bytes(2, encoded(content))])]),
  part(8, nothing),
];

type Setting = string | number | boolean;

/** `google.protobuf.Value`. */
const protoValue = (value: Setting): Message =>
  typeof value === 'number' ? [double(2, value)] : typeof value === 'string' ? [text(3, value)] : [bool(4, value)];

/** `HParamInfo.type`. */
const typeOf = (value: Setting): number => ({ string: 1, boolean: 2, number: 3 })[typeof value as 'string'];

/** What all sessions have: names of hyperparameters and of the metrics beside them. */
export const experimentOf = (
  settings: Readonly<Record<string, Setting>>,
  metrics: readonly string[],
  time: number,
): Message =>
  ofHyperparameters('_hparams_/experiment', [
    part(2, [
      double(3, time),
      ...Object.entries(settings).map(([name, value]) => part(4, [text(1, name), int(4, typeOf(value))])),
      ...metrics.map((tag) => part(5, [part(1, [text(2, tag)])])),
    ]),
  ]);

/** The hyperparameters of one session; trials of one group differ in their seed alone. */
export const sessionStart = (settings: Readonly<Record<string, Setting>>, group: string, time: number): Message =>
  ofHyperparameters('_hparams_/session_start_info', [
    part(3, [
      ...Object.entries(settings).map(([name, value]) => part(1, [text(1, name), part(2, protoValue(value))])),
      text(4, group),
      double(5, time),
    ]),
  ]);

export const sessionEnd = (isDone: boolean, time: number): Message =>
  ofHyperparameters('_hparams_/session_end_info', [part(4, [int(1, isDone ? 1 : 2), double(2, time)])]);

/** An event file: records of TFRecord, the first of which says the version. */
export function eventFile(events: readonly Event[]): Buffer {
  const version: Message = [double(1, events[0]?.time ?? 0), text(3, 'brain.Event:2')];
  const messages = events.map(
    ({ time, step, values }): Message => [
      double(1, time),
      int(2, step),
      part(
        5,
        values.map((value) => part(1, value)),
      ),
    ],
  );
  return Buffer.concat([version, ...messages].map((message) => framed(encoded(message))));
}

/** Length, its checksum, the data, their checksum; little-endian. */
function framed(data: Uint8Array): Buffer {
  const frame = Buffer.alloc(12 + data.length + 4);
  frame.writeBigUInt64LE(BigInt(data.length), 0);
  frame.writeUInt32LE(maskedCrc32c(frame.subarray(0, 8)), 8);
  frame.set(data, 12);
  frame.writeUInt32LE(maskedCrc32c(data), 12 + data.length);
  return frame;
}

/** CRC-32C (Castagnoli), by byte, of the reflected polynomial. */
const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = (value >>> 1) ^ (value & 1 ? 0x82f63b78 : 0);
  return value;
});

export function crc32c(data: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of data) crc = (table[(crc ^ byte) & 0xff] as number) ^ (crc >>> 8);
  return ~crc >>> 0;
}

/** As TFRecord stores it, so that a checksum of data with checksums is none of their own. */
const maskedCrc32c = (data: Uint8Array): number => {
  const crc = crc32c(data);
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
};
