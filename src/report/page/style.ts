/** Holds the page's style sheet as text: two colour schemes, one column, from 360 pixels up; wide tables scroll in their own box, and stand in parts on paper. */
import { darkColours } from '../../summary/palette.ts';

/** Colours of the page's two schemes, as properties of the root; the live page has the same. */
export const lightScheme = `
  --ground: #ffffff; --raised: #f5f6f8; --line: #dde0e6; --ink: #1c1f24; --soft: #5a616c;
  --accent: #0b62a8; --good: #1a7f4b; --fair: #9a6200; --bad: #b3261e;
  --win: 11, 98, 168; --lose: 213, 94, 0;
`;
export const darkScheme = `
  --ground: #14161a; --raised: #1d2026; --line: #343942; --ink: #e6e9ee; --soft: #a3abb7;
  --accent: #77b8f2; --good: #58c48a; --fair: #e0aa4a; --bad: #ff8a80;
  --win: 88, 160, 228; --lose: 252, 122, 47;
`;

const fixed = `
:root { color-scheme: light; ${lightScheme} }
:root[data-theme='dark'] { color-scheme: dark; ${darkScheme} }
@media (prefers-color-scheme: dark) { :root:not([data-theme='light']) { color-scheme: dark; ${darkScheme} } }
* { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 3.6rem; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.55 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif; }
main, header.top, footer { max-width: 960px; margin: 0 auto; padding: 0 1.25rem; }
a { color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
.skip { position: absolute; left: -99em; }
.skip:focus { left: 1rem; top: .5rem; z-index: 5; background: var(--ground); padding: .3rem .6rem; }
header.top { padding-top: 2.2rem; }
.eyebrow { color: var(--soft); font-size: .85rem; letter-spacing: .04em; margin: 0; }
h1 { font-size: clamp(1.7rem, 5vw, 2.4rem); line-height: 1.15; margin: .1rem 0 .6rem; overflow-wrap: anywhere; }
.tag { font-size: .9rem; font-weight: 600; letter-spacing: .02em; color: var(--fair); border: 1px solid; border-radius: 6px; padding: .1rem .55rem; vertical-align: middle; white-space: nowrap; }
.claim { font-size: 1.15rem; margin: 0 0 .3rem; max-width: 46rem; overflow-wrap: anywhere; }
h2 { font-size: 1.45rem; margin: 3rem 0 .3rem; padding-top: 1rem; border-top: 1px solid var(--line); }
#headline h2 { border-top: 0; margin-top: 1.2rem; }
h3 { font-size: 1.05rem; margin: 1.8rem 0 .3rem; }
p { margin: .4rem 0 .8rem; }
.lead, .soft, caption, figcaption { color: var(--soft); }
.lead { max-width: 46rem; margin-bottom: 1rem; }
nav { position: sticky; top: 0; z-index: 3; background: var(--ground); border-bottom: 1px solid var(--line); margin-top: 1.4rem; }
nav div { max-width: 960px; margin: 0 auto; padding: 0 1.25rem; display: flex; gap: 1.1rem; align-items: center; overflow-x: auto; scrollbar-width: none; white-space: nowrap; }
nav a { color: var(--soft); text-decoration: none; font-size: .9rem; padding: .65rem 0; }
nav a:hover { color: var(--ink); }
nav button { margin-left: auto; }
button { font: inherit; font-size: .85rem; color: var(--ink); background: var(--raised); border: 1px solid var(--line); border-radius: 6px; padding: .15rem .7rem; cursor: pointer; }
.verdict { border-left: 4px solid var(--soft); background: var(--raised); padding: .7rem 1rem; border-radius: 0 8px 8px 0; margin: 1rem 0; }
.verdict b { display: block; font-size: .8rem; letter-spacing: .05em; text-transform: uppercase; }
.verdict.seen { border-color: var(--good); } .verdict.seen b { color: var(--good); }
.verdict.partly { border-color: var(--fair); } .verdict.partly b { color: var(--fair); }
.verdict.not-seen, .warning { border-color: var(--bad); } .verdict.not-seen b { color: var(--bad); }
.verdict p, .warning p { margin: 0; }
.warning { border-left: 4px solid var(--bad); padding: .5rem 1rem; background: var(--raised); border-radius: 0 8px 8px 0; margin: 1rem 0; }
.scroll { overflow-x: auto; margin: .6rem 0 1rem; }
.scroll, nav div { background:
  linear-gradient(to right, var(--ground) 40%, transparent) left / 2rem 100% no-repeat local,
  linear-gradient(to left, var(--ground) 40%, transparent) right / 2rem 100% no-repeat local,
  linear-gradient(to right, var(--line), transparent) left / .7rem 100% no-repeat scroll,
  linear-gradient(to left, var(--line), transparent) right / .7rem 100% no-repeat scroll; }
@media (min-width: 1000px) { .broad { width: fit-content; max-width: calc(50vw + 50% - 2rem); } }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .92rem; }
caption { text-align: left; padding-bottom: .4rem; font-size: .9rem; }
th, td { padding: .45rem .9rem .45rem 0; text-align: right; vertical-align: top; border-bottom: 1px solid var(--line); white-space: nowrap; }
th { font-weight: 600; } thead th { vertical-align: bottom; color: var(--soft); font-size: .84rem; white-space: normal; min-width: 4.2rem; }
th:first-child, td.text, th.text { text-align: left; }
tbody th:first-child, thead th:first-child { position: sticky; left: 0; background: var(--ground); z-index: 1; padding-right: 1.1rem; }
.real th, .real td { color: var(--soft); font-weight: normal; } .real th { font-style: italic; }
td small { display: block; color: var(--soft); font-size: .78rem; }
.settings td, .settings th { white-space: normal; overflow-wrap: anywhere; }
.because { white-space: normal; min-width: 18rem; }
.sort { all: unset; cursor: pointer; } .sort:hover { color: var(--ink); } .sort:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
[aria-sort='ascending'] .sort::after { content: ' ↑'; } [aria-sort='descending'] .sort::after { content: ' ↓'; }
.board td { padding: .4rem .6rem; } .board td a { color: inherit; text-decoration-color: var(--line); text-underline-offset: .2em; } .board td.out { background: none; } .board td.out > * { visibility: hidden; }
.board .published th { font-weight: normal; white-space: normal; min-width: 9rem; } .board .published td { color: var(--soft); }
.filters input { width: 5.5rem; } .filters select { max-width: 11rem; } [hidden] { display: none !important; }
.lost { color: var(--bad); }
.swatch { display: inline-block; width: .7em; height: .7em; border-radius: 50%; margin-right: .5em; }
.matrix { border-collapse: separate; border-spacing: 2px; }
.matrix td { text-align: center; padding: .4rem .55rem; border: 0; border-radius: 5px; }
.matrix td small { color: inherit; opacity: .8; } .matrix th { border: 0; }
.matrix thead th { text-align: center; padding: .3rem .6rem; } .matrix thead th:first-child { text-align: left; }
.pair { display: grid; gap: 0 2.5rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 400px), 1fr)); align-items: start; }
.published { min-width: min(100%, 40rem); } .published th[colspan] { padding-top: 1.1rem; white-space: normal; }
.published small { display: block; max-width: min(40rem, 100vw - 3rem); font-weight: normal; color: var(--soft); font-size: .82rem; } .published th[scope='row'] { font-weight: normal; }
.pair > * { min-width: 0; }
figure { margin: 1.6rem 0 2.4rem; }
figure h3 { margin-bottom: .4rem; }
.plot svg, .plot canvas { display: block; width: 100% !important; height: 100% !important; object-fit: contain; object-position: left top; }
.controls { display: flex; flex-wrap: wrap; gap: .4rem 1.4rem; margin-bottom: .4rem; font-size: .9rem; }
.controls:empty { display: none; }
.controls label { display: flex; gap: .6rem; align-items: center; color: var(--soft); }
select { font: inherit; color: var(--ink); background: var(--raised); border: 1px solid var(--line); border-radius: 6px; padding: .15rem .4rem; }
input[type='range'] { width: min(420px, 55vw); accent-color: var(--accent); }
.clock { position: sticky; bottom: 0; z-index: 2; background: var(--ground); border-top: 1px solid var(--line); padding: .5rem 0; display: flex; flex-wrap: wrap; gap: .4rem 1.1rem; align-items: center; font-size: .9rem; font-variant-numeric: tabular-nums; }
.clock input[type='range'] { flex: 1 1 11rem; } .clock button { min-width: 4.4rem; }
.clock label { display: flex; gap: .4rem; align-items: center; color: var(--soft); }
figcaption { font-size: .88rem; max-width: 46rem; }
figcaption p { margin: .2rem 0; }
.files { font-size: .82rem; }
#tip { position: fixed; z-index: 9; pointer-events: none; max-width: 20rem; background: var(--ink); color: var(--ground); border-radius: 6px; padding: .35rem .6rem; font-size: .82rem; box-shadow: 0 2px 10px rgba(0, 0, 0, .25); overflow-wrap: anywhere; }
#tip[hidden] { display: none; }
#tip table { font-size: inherit; } #tip td { border: 0; padding: 0 .6rem 0 0; text-align: left; white-space: normal; }
pre { background: var(--raised); border: 1px solid var(--line); border-radius: 8px; padding: .7rem .9rem; overflow-x: auto; font-size: .85rem; line-height: 1.5; }
code { font-size: .92em; }
summary { cursor: pointer; color: var(--accent); margin: .6rem 0; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.2rem; } dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
ol, ul { padding-left: 1.3rem; max-width: 48rem; } li { margin: .25rem 0; overflow-wrap: anywhere; }
footer { color: var(--soft); font-size: .85rem; padding-top: 2rem; padding-bottom: 3rem; }
@media (max-width: 560px) { main, header.top, footer, nav div { padding-left: 1rem; padding-right: 1rem; } dl { grid-template-columns: 1fr; } dd { margin-bottom: .4rem; } }
.paper { display: none; }
@media print {
  nav, .controls, .clock, .files, button, .broad { display: none; }
  .paper { display: block; }
  main, header.top, footer { max-width: none; padding-left: 0; padding-right: 0; }
  .scroll { overflow: visible; background: none; }
  table { font-size: .75rem; } th, td { white-space: normal; padding-right: .5rem; } thead th { font-size: .7rem; min-width: 0; }
  tbody th:first-child, thead th:first-child { position: static; white-space: nowrap; } .paper table { margin-bottom: 1rem; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; }
  figure, tr, .verdict { break-inside: avoid; } h2, h3 { break-after: avoid; }
}
`;

/** How strongly a cell is tinted, 0 for not at all; the page's policy allows no style in its markup, hence classes. */
const strengths = 10;

/** The class of a cell for a probability: blue above a half, orange below, the further from it the stronger. */
export function tintOf(probability: number): string {
  const strength = Math.round(Math.abs(probability - 0.5) * 2 * strengths);
  return `${probability >= 0.5 ? 'win' : 'lose'}-${strength}`;
}

/** The class of a method's mark in a table, `colour` its colour on light ground as #rrggbb. */
export const swatchClass = (colour: string): string => `swatch-${colour.slice(1)}`;

/** The page's style sheet, with the tints and the colours of its methods. */
export function styleOf(colours: Iterable<string>): string {
  const own = [...new Set(colours)];
  const night = darkColours(own);
  const swatches = (of: (colour: string) => string, where = '') =>
    own.map((colour) => `${where}.${swatchClass(colour)} { background: ${of(colour)}; }`).join('\n');
  const dark = (where: string) => swatches((colour) => night[colour] ?? colour, where);
  const tints = Array.from({ length: strengths + 1 }, (_, strength) =>
    ['win', 'lose'].map(
      (name) => `.${name}-${strength} { background: rgba(var(--${name}), ${(strength * 0.45) / strengths}); }`,
    ),
  );
  return `${fixed}${tints.flat().join('\n')}
${swatches((colour) => colour)}
${dark(":root[data-theme='dark'] ")}
@media (prefers-color-scheme: dark) { ${dark(":root:not([data-theme='light']) ")} }
`;
}
