/** Reads records of CIFAR-10's binary version: a label, then 32 × 32 red, green and blue values, plane by plane. */
import { UsageError } from '../../base/usage-error.ts';
import { ByteReader } from './byte-reader.ts';

const pixels = 32 * 32;
/** Bytes of one record. */
export const cifarRecord = 1 + 3 * pixels;

/** In the order of their numbers. */
export const cifarClasses = ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'];

/**
 * Every record of one batch file, its picture as `[32, 32, 3]`. Both arrays are reused. `name` stands in messages.
 *
 * @throws UsageError where the file is empty, ends within a record, or holds a label that is none.
 */
export async function* readCifar(
  bytes: AsyncIterable<Uint8Array>,
  name: string,
): AsyncGenerator<{ pixels: Uint8Array; labels: Uint8Array }> {
  const reader = new ByteReader(bytes);
  const picture = new Uint8Array(3 * pixels);
  const labels = new Uint8Array(1);
  try {
    for (let count = 0; ; count++) {
      const record = await reader.take(cifarRecord);
      if (record.length === 0 && count > 0) return;
      if (record.length < cifarRecord)
        throw new UsageError(
          `${name}: cut short after ${count} records of ${cifarRecord} bytes, ${record.length} bytes are left over`,
        );
      const label = record[0] as number;
      if (label >= cifarClasses.length)
        throw new UsageError(
          `${name}: expected a label from 0 to 9, record ${count} has ${label} (not the binary version of CIFAR-10?)`,
        );
      labels[0] = label;
      for (let i = 0; i < pixels; i++) {
        for (let c = 0; c < 3; c++) picture[3 * i + c] = record[1 + c * pixels + i] as number;
      }
      yield { pixels: picture, labels };
    }
  } finally {
    await reader.close();
  }
}
