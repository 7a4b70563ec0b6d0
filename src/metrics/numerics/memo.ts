/** Memo of what a metric computes from real examples alone: they are the same objects at every evaluation of trials of one seed. */

/**
 * A memory of its own: `(key, setting, compute)` gives what `compute` gave at the first call with that object and setting.
 * It lives as long as the object, so `compute` must depend on nothing but the two and what goes with the object.
 */
export function memo<Value>(): (key: object, setting: string, compute: () => Value) => Value {
  const known = new WeakMap<object, Map<string, Value>>();
  return (key, setting, compute) => {
    let values = known.get(key);
    if (values === undefined) {
      values = new Map();
      known.set(key, values);
    }
    const found = values.get(setting);
    if (found !== undefined) return found;
    const value = compute();
    values.set(setting, value);
    return value;
  };
}
