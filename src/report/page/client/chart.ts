/** One figure of the page: the room that is kept for it, its controls, its drawing. */
import type { Spec, View } from 'vega';
import { expressionInterpreter } from 'vega-interpreter';
import type { LaidOut, LayoutName, Payload } from '../payload-types.ts';
import { isDark } from './colour-scheme.ts';
import { type Control, controlFor } from './controls.ts';
import { figureSpec, type Signal } from './figure-spec.ts';
import { pageElement } from './page-element.ts';
import { showTip } from './tooltip.ts';

/** The runtime that the page holds before this script. */
declare const vega: typeof import('vega');

/** The signal of films that the page's clock moves. */
export const clockSignal = 'frame';

/** A wide figure is drawn smaller down to this share of its width; where there is less room, the narrow one is drawn. */
const smallest = 0.8;
/** How much larger than drawn a narrow figure may stand where there is room. */
const largest = 1.2;

export interface Chart {
  readonly element: HTMLElement;
  /** Keeps the room of the layout that fits now, and draws it again where it was drawn in another. */
  readonly fit: () => void;
  /** Draws it, again where it is there already: in other colours. */
  readonly draw: () => void;
  readonly isDrawn: () => boolean;
  /** Takes a value for a signal, where the figure has that signal and that value; drawn when the promise is fulfilled. */
  readonly set: (signal: string, value: unknown) => Promise<void>;
  /** Draws what was set while the figure was outside of the window. */
  readonly catchUp: () => Promise<void>;
  /** Training steps of the positions of the clock that moves it, where it is a film. */
  readonly clock: readonly number[] | undefined;
}

/** `chosen` is called when the reader moves a control. Throws where the page does not hold the figure. */
export function openChart(
  element: HTMLElement,
  payload: Payload,
  chosen: (signal: string, value: unknown) => unknown,
): Chart {
  const found = payload.figures[element.dataset.figure ?? ''];
  if (found === undefined) throw new Error(`the page holds no figure ${element.dataset.figure}`);
  const layouts: Readonly<Record<LayoutName, LaidOut>> = found;
  const plot = pageElement('.plot', HTMLElement, element);
  const settings = new Map<string, unknown>();
  const controls = new Map<string, Control>();
  /** What was set and is not drawn yet. */
  const waiting = new Map<string, unknown>();
  const clock = clockOf(layouts.wide);
  if (clock) plot.tabIndex = 0; // it listens to keys
  for (const signal of signalsOf(layouts.wide)) {
    if (clock && signal.name === clockSignal) continue;
    const control = controlFor(signal, (value) => chosen(signal.name, value));
    controls.set(signal.name, control);
    pageElement('.controls', HTMLElement, element).append(control.element);
  }
  let drawing: { readonly view: View; readonly layout: LayoutName } | undefined;

  const layoutNow = (): LayoutName => (element.clientWidth < smallest * layouts.wide.width ? 'narrow' : 'wide');

  function keepRoom(): void {
    const layout = layoutNow();
    const { width, height } = layouts[layout];
    plot.style.maxWidth = `${layout === 'narrow' ? largest * width : width}px`;
    plot.style.aspectRatio = `${width} / ${height}`;
  }

  function draw(): void {
    const layout = layoutNow();
    waiting.clear();
    keepRoom();
    drawing?.view.finalize();
    try {
      const spec = figureSpec(payload, layouts[layout].spec, { dark: isDark(), settings });
      const view = new vega.View(vega.parse(spec as Spec, {}, { ast: true }), {
        // the report compiled it for Vega
        expr: expressionInterpreter, // the page's policy lets nobody make code of text
        renderer: clock ? 'canvas' : 'svg', // thousands of marks that all change at once: no elements of a page each
        container: plot,
        hover: true,
        logLevel: vega.Warn,
        tooltip: showTip,
      });
      drawing = { view, layout };
      view.runAsync().then(() => {
        // Where the browser's letters differ from those that the room was measured with, the picture still fills it.
        plot.querySelector('svg')?.setAttribute('preserveAspectRatio', 'xMinYMin');
        element.dataset.state = 'drawn';
      }, fail);
    } catch (error) {
      fail(error);
    }
  }

  function fail(error: unknown): void {
    element.dataset.state = 'failed';
    const says = error instanceof Error ? error.message : String(error);
    plot.textContent = `This figure could not be drawn: ${says}`;
    console.error(error);
  }

  async function catchUp(): Promise<void> {
    if (!drawing || waiting.size === 0) return;
    for (const [signal, value] of waiting) drawing.view.signal(signal, value);
    waiting.clear();
    await drawing.view.runAsync().then(() => {}, fail);
  }

  const isInWindow = () => {
    const { top, bottom } = element.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  };

  keepRoom();
  return {
    element,
    draw,
    isDrawn: () => drawing !== undefined,
    fit() {
      keepRoom();
      if (drawing && drawing.layout !== layoutNow()) draw();
    },
    clock,
    catchUp,
    async set(signal, value) {
      const isClock = clock !== undefined && signal === clockSignal;
      if (!isClock && !controls.get(signal)?.show(value)) return;
      settings.set(signal, value);
      waiting.set(signal, value);
      if (isInWindow()) await catchUp();
    },
  };
}

const signalsOf = ({ spec }: LaidOut): Signal[] =>
  ((spec.signals ?? []) as Signal[]).filter(({ bind }) => bind !== undefined); // a Vega spec

const clockOf = ({ spec: { usermeta } }: LaidOut): readonly number[] | undefined =>
  (usermeta as { readonly clock?: readonly number[] } | undefined)?.clock; // as film figures write it
