/** Writes values of a spec as text under their dotted paths, and names them as people do. */

/** Every value of a spec under its dotted path, as `text` writes it; lists are values. */
export function flattenSpec(
  spec: object,
  text: (value: unknown) => string = valueText,
  prefix = '',
): Map<string, string> {
  return new Map(
    Object.entries(spec).flatMap(([key, value]): [string, string][] => {
      const isSection = typeof value === 'object' && value !== null && !Array.isArray(value);
      return isSection ? [...flattenSpec(value, text, `${prefix}${key}.`)] : [[`${prefix}${key}`, text(value)]];
    }),
  );
}

/** What people call a setting: λ, or the last part of its path where that tells it from `others`. */
export function pathText(path: string, others: readonly string[] = []): string {
  if (path === 'penalty.weight') return 'λ';
  const last = path.split('.').at(-1) ?? path;
  return others.some((other) => other !== path && other.split('.').at(-1) === last) ? path : last;
}

/** A value of a spec in few words. */
export function valueText(value: unknown): string {
  if (value === undefined) return '–';
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
}
