/**
 * Encodes messages of Protocol Buffers. A message is a list of its fields, in the order of their numbers; a field is written by
 * its number and type, and nothing else of a message is.
 */
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

type Field = (writer: BinaryWriter) => unknown;
export type Message = readonly Field[];

export const int =
  (number: number, value: number): Field =>
  (writer) =>
    writer.tag(number, WireType.Varint).int64(value);

export const float =
  (number: number, value: number): Field =>
  (writer) =>
    writer.tag(number, WireType.Bit32).float(value);

export const double =
  (number: number, value: number): Field =>
  (writer) =>
    writer.tag(number, WireType.Bit64).double(value);

export const bool =
  (number: number, value: boolean): Field =>
  (writer) =>
    writer.tag(number, WireType.Varint).bool(value);

export const text =
  (number: number, value: string): Field =>
  (writer) =>
    writer.tag(number, WireType.LengthDelimited).string(value);

export const bytes =
  (number: number, value: Uint8Array): Field =>
  (writer) =>
    writer.tag(number, WireType.LengthDelimited).bytes(value);

/** Packed, and left out where there are none. */
export const ints =
  (number: number, values: readonly number[]): Field =>
  (writer) => {
    if (values.length === 0) return;
    writer.tag(number, WireType.LengthDelimited).fork();
    for (const value of values) writer.int64(value);
    writer.join();
  };

export const part =
  (number: number, message: Message): Field =>
  (writer) => {
    writer.tag(number, WireType.LengthDelimited).fork();
    for (const write of message) write(writer);
    writer.join();
  };

/** The bytes of a message by itself. */
export function encoded(message: Message): Uint8Array {
  const writer = new BinaryWriter();
  for (const write of message) write(writer);
  return writer.finish();
}
