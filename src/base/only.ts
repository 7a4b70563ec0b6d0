/** Takes the first of a list that is known not to be empty. */
export function only<T>(values: readonly T[]): T {
  const [first] = values;
  if (first === undefined) throw new Error('internal: expected at least one value, got none');
  return first;
}
