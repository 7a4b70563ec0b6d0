/**
 * Runs a report's page in the browser. Keeps the room of every figure from the start, so that links land where they say, and
 * draws each when it comes near the window. Controls of one name move together over the whole page; one clock moves all films.
 */
import type { Payload } from '../payload-types.ts';
import { type Chart, clockSignal, openChart } from './chart.ts';
import { startClock } from './clock.ts';
import { watchScheme } from './colour-scheme.ts';
import { addCopyButtons } from './copy.ts';
import { pageElement } from './page-element.ts';
import { hideTip } from './tooltip.ts';

const payload: Payload = JSON.parse(pageElement('#report-data', HTMLElement).textContent ?? '');
const charts = new Map<Element, Chart>();
const setAll = (signal: string, value: unknown) =>
  Promise.all([...charts.values()].map((chart) => chart.set(signal, value)));
for (const element of document.querySelectorAll<HTMLElement>('[data-figure]'))
  charts.set(element, openChart(element, payload, setAll));

const near = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      charts.get(target)?.draw();
    }
  },
  { rootMargin: '800px 0px' },
);
const seen = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) if (isIntersecting) charts.get(target)?.catchUp();
});
for (const element of charts.keys()) {
  near.observe(element);
  seen.observe(element);
}

const clock = [...charts.values()].find((chart) => chart.clock)?.clock;
if (clock) startClock(clock, (position) => setAll(clockSignal, position));

watchScheme(() => {
  for (const chart of charts.values()) if (chart.isDrawn()) chart.draw();
});
addEventListener('resize', () => {
  for (const chart of charts.values()) chart.fit();
});
addEventListener('beforeprint', () => {
  for (const chart of charts.values()) {
    if (chart.isDrawn()) chart.catchUp();
    else chart.draw();
  }
});
addEventListener('scroll', hideTip, { passive: true });
addCopyButtons();
