/** Makes a figure's controls from what its signals are bound to, before it is drawn, so that nothing moves when it is. */
import type { Signal } from './figure-spec.ts';

export interface Control {
  readonly element: HTMLElement;
  /** Shows a value that was chosen elsewhere. `false` where this control does not have it, and nothing changes. */
  readonly show: (value: unknown) => boolean;
}

/** What Vega-Lite's `bind` says of a signal: of its kinds the two that figures use. */
type Bind = SelectBind | RangeBind;
interface SelectBind {
  readonly input: 'select';
  readonly options: readonly unknown[];
  readonly name?: string;
}
interface RangeBind {
  readonly input: 'range';
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly name?: string;
}

/** `chosen` is called with the values that the reader chooses. */
export function controlFor({ name, bind, value }: Signal, chosen: (value: unknown) => void): Control {
  const bound = bind as Bind; // a figure's own spec, which the report compiled
  const element = document.createElement('label');
  const { input, show } = bound.input === 'select' ? selectOf(bound, chosen) : rangeOf(bound, chosen);
  input.name = name;
  element.append(bound.name ?? name, input);
  show(value);
  return { element, show };
}

function selectOf({ options }: SelectBind, chosen: (value: unknown) => void) {
  const input = document.createElement('select');
  for (const option of options) input.add(new Option(String(option)));
  input.addEventListener('input', () => chosen(options[input.selectedIndex]));
  const show = (value: unknown) => {
    const at = options.indexOf(value);
    if (at >= 0) input.selectedIndex = at;
    return at >= 0;
  };
  return { input, show };
}

function rangeOf({ min, max, step }: RangeBind, chosen: (value: unknown) => void) {
  const limits = { type: 'range', min: String(min), max: String(max), step: String(step) };
  const input = Object.assign(document.createElement('input'), limits);
  input.addEventListener('input', () => chosen(input.valueAsNumber));
  const show = (value: unknown) => {
    const fits = typeof value === 'number' && value >= min && value <= max;
    if (fits) input.value = String(value);
    return fits;
  };
  return { input, show };
}
