/** Pictures from a formula, for benchmarks that need no files: a soft disc of one colour on a ground of another. */
import type { Dataset } from '../../src/datasets/dataset.ts';

const channels = 3;

/** `[side, side, 3]` in [−1, 1]; colours, place and size of the disc are drawn for every picture. */
export function discs(side: number): Dataset {
  const dim = side * side * channels;
  return {
    shape: [side, side, channels],
    dim,
    scale: 1,
    sample(random, count, into = new Float32Array(count * dim)) {
      const colour = () => [random.uniform(), random.uniform(), random.uniform()].map((share) => 2 * share - 1);
      for (let example = 0; example < count; example++) {
        const [ground, disc] = [colour(), colour()];
        const [row, column] = [random.uniform() * side, random.uniform() * side];
        const radius = (0.1 + 0.3 * random.uniform()) * side;
        for (let pixel = 0; pixel < side * side; pixel++) {
          const distance = Math.hypot(Math.floor(pixel / side) - row, (pixel % side) - column);
          // An edge of two pixels.
          const inside = Math.min(1, Math.max(0, (radius - distance) / 2 + 0.5));
          for (let channel = 0; channel < channels; channel++) {
            const [outer = 0, inner = 0] = [ground[channel], disc[channel]];
            into[example * dim + pixel * channels + channel] = outer + inside * (inner - outer);
          }
        }
      }
      return into;
    },
  };
}
