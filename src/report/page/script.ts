/**
 * The script of the page, as text: plain JavaScript for browsers. Draws each figure when it comes near the window, again
 * where the window crosses from narrow to wide or the colour scheme changes, and keeps what sliders and selects were set to.
 */
export const script = String.raw`
'use strict';
const payload = JSON.parse(document.getElementById('report-data').textContent);
const scheme = window.matchMedia('(prefers-color-scheme: dark)');
const toggle = document.getElementById('theme');
const drawn = new Map();

const isDark = () => {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === 'dark' : scheme.matches;
};

function valuesOf(key) {
  const entry = payload.pool[key];
  if (entry.rows) return structuredClone(entry.rows);
  const count = entry.columns.length ? entry.columns[0].length : 0;
  return Array.from({ length: count }, (_, row) =>
    Object.fromEntries(entry.keys.map((name, column) => [name, entry.columns[column][row]])));
}

function inColours(text) {
  if (!isDark()) return text;
  return text.replace(/#[0-9a-f]{6}\b/gi, (colour) => payload.darkOf[colour.toLowerCase()] || colour);
}

function specFor(name, layout, kept) {
  const spec = JSON.parse(inColours(JSON.stringify(payload.figures[name][layout])));
  for (const source of spec.data || []) {
    if (source.values && source.values.pool) {
      source.values = valuesOf(source.values.pool);
      if (isDark()) source.values = JSON.parse(inColours(JSON.stringify(source.values)));
    }
  }
  for (const signal of spec.signals || []) if (signal.bind && signal.name in kept) signal.value = kept[signal.name];
  return spec;
}

const tip = document.getElementById('tip');
function showTip(handler, event, item, value) {
  tip.hidden = value === null || value === undefined || value === '';
  if (tip.hidden) return;
  tip.replaceChildren();
  if (typeof value === 'object') {
    const table = document.createElement('table');
    for (const [key, cell] of Object.entries(value)) {
      const row = table.insertRow();
      row.insertCell().textContent = key;
      row.insertCell().textContent = String(cell);
    }
    tip.append(table);
  } else tip.textContent = String(value);
  const room = document.documentElement.clientWidth - tip.offsetWidth - 8;
  tip.style.left = Math.max(8, Math.min(room, event.clientX + 14)) + 'px';
  const below = event.clientY + 16;
  const tooLow = below + tip.offsetHeight > document.documentElement.clientHeight - 4;
  tip.style.top = (tooLow ? Math.max(4, event.clientY - tip.offsetHeight - 12) : below) + 'px';
}

function draw(chart) {
  const name = chart.dataset.figure;
  const layout = chart.clientWidth < 640 ? 'narrow' : 'wide';
  const before = drawn.get(chart);
  const kept = before ? before.kept() : {};
  if (before) before.view.finalize();
  chart.querySelector('.controls').replaceChildren();
  try {
    const spec = specFor(name, layout, kept);
    const bound = (spec.signals || []).filter((signal) => signal.bind).map((signal) => signal.name);
    const view = new vega.View(vega.parse(spec), {
      renderer: 'svg',
      container: chart.querySelector('.plot'),
      bind: chart.querySelector('.controls'),
      hover: true,
      logLevel: vega.Warn,
      tooltip: showTip,
    });
    drawn.set(chart, { view, layout, kept: () => Object.fromEntries(bound.map((key) => [key, view.signal(key)])) });
    view.runAsync().then(() => {
      chart.dataset.state = 'drawn';
    }, (error) => fail(chart, error));
  } catch (error) {
    fail(chart, error);
  }
}

function fail(chart, error) {
  chart.dataset.state = 'failed';
  chart.querySelector('.plot').textContent = 'This figure could not be drawn: ' + error.message;
  console.error(error);
}

const near = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    near.unobserve(target);
    draw(target);
  }
}, { rootMargin: '800px 0px' });
const charts = [...document.querySelectorAll('[data-figure]')];
for (const chart of charts) near.observe(chart);

const again = () => { for (const chart of drawn.keys()) draw(chart); };
scheme.addEventListener('change', again);
addEventListener('resize', () => {
  for (const [chart, { layout }] of drawn) if ((chart.clientWidth < 640 ? 'narrow' : 'wide') !== layout) draw(chart);
});
addEventListener('beforeprint', () => { for (const chart of charts) if (!drawn.has(chart)) draw(chart); });
addEventListener('scroll', () => { tip.hidden = true; }, { passive: true });

toggle.hidden = false;
const label = () => { toggle.textContent = isDark() ? 'Light' : 'Dark'; };
label();
scheme.addEventListener('change', label);
toggle.addEventListener('click', () => {
  document.documentElement.dataset.theme = isDark() ? 'light' : 'dark';
  label();
  again();
});
`;
