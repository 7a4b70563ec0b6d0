/** Tips of a star at radius 1, the first at angle 0. */
export const tipsOf = (count: number): number[][] =>
  Array.from({ length: count }, (_, k) => [Math.cos((2 * Math.PI * k) / count), Math.sin((2 * Math.PI * k) / count)]);
