import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from '../../src/store/checkpoint.ts';

const sample: Checkpoint = {
  hash: 'abc',
  step: 400,
  elapsed: 1.25,
  history: [
    { step: 200, values: { lossD: 0.1, modes: Number.NaN } },
    { step: 400, values: { lossD: Number.POSITIVE_INFINITY, modes: 7 } },
  ],
  arrays: {
    generator: Float32Array.of(1, -0, Number.NaN, 1e-40),
    empty: new Float32Array(0),
    moments: Float32Array.of(3.5),
  },
};

const bits = (array: Float32Array): number[] => [...new Uint32Array(array.slice().buffer)];

describe('checkpoint', () => {
  it('comes back bit for bit, negative zeros and denormals included', () => {
    const back = decodeCheckpoint(encodeCheckpoint(sample));
    expect(back).toEqual(sample);
    for (const [name, array] of Object.entries(sample.arrays)) {
      expect(bits(back.arrays[name] ?? new Float32Array())).toEqual(bits(array));
    }
  });

  it('does so for any arrays, and wherever the buffer lies in memory', () => {
    const array = fc.float32Array({ maxLength: 50 });
    fc.assert(
      fc.property(fc.dictionary(fc.string({ minLength: 1 }), array, { maxKeys: 4 }), fc.nat(7), (arrays, offset) => {
        const encoded = encodeCheckpoint({ ...sample, arrays });
        const shifted = Buffer.alloc(encoded.length + offset).subarray(offset);
        encoded.copy(shifted);
        expect(decodeCheckpoint(shifted).arrays).toEqual({ ...arrays });
      }),
    );
  });

  it('takes views into larger buffers for what they show', () => {
    const view = Float32Array.of(1, 2, 3, 4).subarray(1, 3);
    expect(decodeCheckpoint(encodeCheckpoint({ ...sample, arrays: { view } })).arrays.view).toEqual(
      Float32Array.of(2, 3),
    );
  });

  it('is compact: four bytes a parameter and little else', () => {
    const encoded = encodeCheckpoint({ ...sample, arrays: { all: new Float32Array(100_000) } });
    expect(encoded.length).toBeLessThan(400_000 + 1000);
  });

  it('refuses every single flipped bit', () => {
    const encoded = encodeCheckpoint(sample);
    fc.assert(
      fc.property(fc.nat(encoded.length * 8 - 1), (bit) => {
        const damaged = Buffer.from(encoded);
        damaged.writeUInt8(damaged.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
        expect(() => decodeCheckpoint(damaged)).toThrow(/damaged|not a checkpoint|of version/);
      }),
      { numRuns: 500 },
    );
  });

  it('refuses every truncation, and bytes after the end', () => {
    const encoded = encodeCheckpoint(sample);
    for (let length = 0; length < encoded.length; length++) {
      expect(() => decodeCheckpoint(encoded.subarray(0, length))).toThrow(/cut short|damaged/);
    }
    expect(() => decodeCheckpoint(Buffer.concat([encoded, Buffer.of(0)]))).toThrow('damaged');
  });

  it('refuses any other file', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(() => decodeCheckpoint(Buffer.from(bytes))).toThrow(/cut short|not a checkpoint/);
      }),
    );
  });
});
