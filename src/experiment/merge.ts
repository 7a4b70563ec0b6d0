/** Layers of settings: how what is said later goes over what was said before. */

/** `above` over `below`: objects key by key, lists and whatever carries a `kind` as a whole. */
export function merge(below: unknown, above: unknown): unknown {
  if (above === undefined) return below;
  if (!isPlain(below) || !isPlain(above) || Object.hasOwn(above, 'kind')) return above;
  const merged: Record<PropertyKey, unknown> = { ...below };
  for (const key of Reflect.ownKeys(above)) merged[key] = merge(Reflect.get(below, key), Reflect.get(above, key));
  return merged;
}

export const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
