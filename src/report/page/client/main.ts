/**
 * Runs a report's page in the browser. Draws each figure when it comes near the window, again where the window crosses from
 * narrow to wide or the colour scheme changes, and keeps what sliders and selects were set to.
 */
import type { Spec, View } from 'vega';
import type { LayoutName, Payload } from '../payload-types.ts';
import { isDark, watchScheme } from './colour-scheme.ts';
import { figureSpec, type Settings } from './figure-spec.ts';
import { pageElement } from './page-element.ts';
import { hideTip, showTip } from './tooltip.ts';

/** The runtime that the page holds before this script. */
declare const vega: typeof import('vega');

interface Drawing {
  readonly view: View;
  readonly layout: LayoutName;
  /** Names of the signals that controls set. */
  readonly bound: readonly string[];
}

const payload: Payload = JSON.parse(pageElement('#report-data', HTMLElement).textContent ?? '');
const charts = [...document.querySelectorAll<HTMLElement>('[data-figure]')];
const drawn = new Map<HTMLElement, Drawing>();

const layoutOf = (chart: HTMLElement): LayoutName => (chart.clientWidth < 640 ? 'narrow' : 'wide');

function draw(chart: HTMLElement): void {
  const layout = layoutOf(chart);
  const kept = settingsOf(drawn.get(chart));
  drawn.get(chart)?.view.finalize();
  const controls = pageElement('.controls', HTMLElement, chart);
  controls.replaceChildren();
  try {
    const spec = figureSpec(payload, { name: chart.dataset.figure ?? '', layout, dark: isDark() }, kept);
    const view = new vega.View(vega.parse(spec as Spec), {
      // the report compiled it for Vega
      renderer: 'svg',
      container: pageElement('.plot', HTMLElement, chart),
      bind: controls,
      hover: true,
      logLevel: vega.Warn,
      tooltip: showTip,
    });
    const bound = (spec.signals ?? []).filter(({ bind }) => bind).map(({ name }) => name);
    drawn.set(chart, { view, layout, bound });
    view.runAsync().then(
      () => {
        chart.dataset.state = 'drawn';
      },
      (error: unknown) => fail(chart, error),
    );
  } catch (error) {
    fail(chart, error);
  }
}

const settingsOf = (drawing: Drawing | undefined): Settings =>
  Object.fromEntries((drawing?.bound ?? []).map((name) => [name, drawing?.view.signal(name)]));

function fail(chart: HTMLElement, error: unknown): void {
  chart.dataset.state = 'failed';
  const says = error instanceof Error ? error.message : String(error);
  pageElement('.plot', HTMLElement, chart).textContent = `This figure could not be drawn: ${says}`;
  console.error(error);
}

const near = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting || !(target instanceof HTMLElement)) continue;
      near.unobserve(target);
      draw(target);
    }
  },
  { rootMargin: '800px 0px' },
);
for (const chart of charts) near.observe(chart);

watchScheme(() => {
  for (const chart of drawn.keys()) draw(chart);
});
addEventListener('resize', () => {
  for (const [chart, { layout }] of drawn) if (layoutOf(chart) !== layout) draw(chart);
});
addEventListener('beforeprint', () => {
  for (const chart of charts) if (!drawn.has(chart)) draw(chart);
});
addEventListener('scroll', hideTip, { passive: true });
