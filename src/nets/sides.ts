/** Computes the sides of the feature maps of convolutional nets; a file of its own, because specs are checked without tfjs. */

/** Sides are halved down to this or, where they turn odd, to less than twice of it. */
const smallest = 4;

/** Of a square picture, from its own side down: 28 → 28, 14, 7; 32 → 32, 16, 8, 4. */
export function sidesOf(size: number): number[] {
  const sides = [size];
  for (let side = size; side % 2 === 0 && side > smallest; side /= 2) sides.push(side / 2);
  return sides;
}
