/** Holds the live page's style sheet as text: the report's two colour schemes, panels that fill the window from 360 pixels to 4K. */
import { darkScheme, lightScheme } from '../../report/page/style.ts';

export const pageStyle = (): string => `
:root { color-scheme: light; ${lightScheme} }
:root[data-theme='dark'] { color-scheme: dark; ${darkScheme} }
@media (prefers-color-scheme: dark) { :root:not([data-theme='light']) { color-scheme: dark; ${darkScheme} } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.5 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif; }
a { color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
main:focus { outline: none; }
.skip { position: absolute; left: -99em; }
.skip:focus { left: 1rem; top: .5rem; z-index: 5; background: var(--ground); padding: .3rem .6rem; }
.bar { position: sticky; top: 0; z-index: 3; display: flex; align-items: center; gap: .4rem 1rem; background: var(--ground); border-bottom: 1px solid var(--line); padding: .55rem clamp(.9rem, 2vw, 2rem); }
.brand { font-weight: 700; color: var(--ink); text-decoration: none; }
.link.lost { white-space: normal; }
.where { color: var(--soft); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; min-width: 0; }
.where::before { content: '/ '; }
.link { white-space: nowrap; font-size: .8rem; color: var(--soft); margin-left: auto; }
.link::before { content: ''; display: inline-block; width: .55em; height: .55em; border-radius: 50%; background: var(--soft); margin-right: .4em; }
.link.open::before { background: var(--good); }
.link.lost { color: var(--bad); } .link.lost::before, .link.missing::before { background: var(--bad); }
main { padding: 0 clamp(.9rem, 2vw, 2rem) 4rem; }
h1 { font-size: clamp(1.5rem, 4vw, 2.1rem); line-height: 1.15; margin: 1.3rem 0 .3rem; overflow-wrap: anywhere; }
h2 { font-size: 1.05rem; margin: 0 0 .5rem; overflow-wrap: anywhere; }
h2 small { font-weight: normal; color: var(--soft); margin-left: .6rem; font-size: .85rem; white-space: nowrap; }
p { margin: .3rem 0 .6rem; }
.claim { font-size: 1.05rem; max-width: 52rem; overflow-wrap: anywhere; }
.soft, .progress { color: var(--soft); } p.soft { max-width: 60rem; }
.progress, .figures, table { font-variant-numeric: tabular-nums; }
.wait { color: var(--soft); padding: 2rem 0; overflow-wrap: anywhere; }
#page > .wait { padding: 2rem; }
button { font: inherit; font-size: .85rem; color: var(--ink); background: var(--raised); border: 1px solid var(--line); border-radius: 6px; padding: .2rem .7rem; cursor: pointer; }
button:disabled { opacity: .45; cursor: default; }
input[type='checkbox'] { accent-color: var(--accent); }
.warning { border-left: 4px solid var(--bad); padding: .5rem 1rem; background: var(--raised); border-radius: 0 8px 8px 0; margin: .8rem 0; overflow-wrap: anywhere; }
.warning p { margin: 0; } .warning ul { padding-left: 1.2rem; margin: .3rem 0; }
summary { cursor: pointer; color: var(--accent); }
.controls { border: 0; padding: 0; min-width: 0; display: flex; flex-wrap: wrap; gap: .4rem 1.2rem; align-items: center; margin: .9rem 0 1.2rem; font-size: .9rem; color: var(--soft); }
.controls label { display: flex; gap: .4rem; align-items: center; }
.pager { display: flex; gap: .6rem; align-items: center; }
.legend { display: flex; gap: .45rem; align-items: center; margin-left: auto; font-size: .82rem; }
.tint { width: .9rem; height: .9rem; border-radius: 3px; } .tint.win { background: rgba(var(--win), .43); } .tint.lose { background: rgba(var(--lose), .43); margin-left: .6rem; }
.group { min-width: 0; }
.swatch { display: inline-block; width: .75em; height: .75em; border-radius: 50%; margin-right: .5em; }
.wall { display: grid; gap: 1.4rem 1.6rem; align-items: start; }
.panels { display: grid; gap: .7rem; grid-template-columns: repeat(auto-fill, minmax(min(46%, 140px), 1fr)); }
@media (min-width: 700px) { .panels { grid-template-columns: repeat(auto-fit, minmax(9.4rem, 1fr)); } }
.panel { min-width: 0; border: 1px solid var(--line); border-radius: 8px; overflow: hidden; background: var(--ground); content-visibility: auto; contain-intrinsic-size: auto 300px; }
.panel.running { border-color: var(--accent); }
.panel.failed, .panel.diverged { border-color: var(--bad); }
.picture { display: block; width: 100%; aspect-ratio: 1; }
.picture.sheet { image-rendering: pixelated; object-fit: contain; background: var(--raised); }
.picture.empty { display: grid; place-items: center; text-align: center; padding: 1rem; color: var(--soft); font-size: .85rem; background: var(--raised); }
.figures { padding: .45rem .6rem .5rem; border-top: 1px solid var(--line); font-size: .84rem; }
.figures p { margin: 0; }
.figures .lead { display: flex; justify-content: space-between; align-items: baseline; gap: .5rem; }
.figures dl .lead dd { font-size: 1.02rem; font-weight: bold; } .seed { color: var(--soft); white-space: nowrap; }
.figures dl { margin: .1rem 0 0; } .figures dl div { display: flex; justify-content: space-between; gap: .5rem; color: var(--soft); font-size: .8rem; }
.figures dd { margin: 0; color: var(--ink); white-space: nowrap; }
progress { width: 100%; height: .35rem; accent-color: var(--accent); margin-top: .3rem; display: block; }
.finding { margin: 0; padding: .35rem .6rem; border-top: 1px solid var(--line); font-size: .78rem; color: var(--soft); overflow-wrap: anywhere; }
.finding b { color: var(--fair); font-weight: 600; }
.lost { color: var(--bad); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: .9rem; }
th, td { padding: .4rem 1.1rem .4rem 0; text-align: right; vertical-align: top; border-bottom: 1px solid var(--line); white-space: nowrap; }
thead th { color: var(--soft); font-size: .82rem; vertical-align: bottom; white-space: normal; } tbody th { font-weight: 600; }
th:first-child, td.text, th.text { text-align: left; }
td small { display: block; color: var(--soft); font-size: .78rem; } td small.lost { color: var(--bad); }
.because { white-space: normal; min-width: 16rem; }
.band { display: block; width: 110px; height: 11px; margin: .2rem 0 0 auto; }
.band line { stroke: var(--soft); } .band .whole { stroke: var(--line); stroke-width: 1; } .band .range { stroke-width: 1.2; } .band .interval { stroke: var(--accent); stroke-width: 3.4; } .band circle { fill: var(--ink); }
.over-seeds, .diagnoses { margin-top: 2.2rem; } .over-seeds > .soft { font-size: .82rem; max-width: 52rem; }
.rules div { display: grid; grid-template-columns: 9rem 1fr; gap: .2rem 1rem; margin: .25rem 0; max-width: 60rem; } .rules dt { color: var(--soft); } .rules dd { margin: 0; }
.experiments { list-style: none; padding: 0; display: grid; gap: .6rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 34rem), 1fr)); }
.experiments a { display: grid; grid-template-columns: 1fr auto; gap: 0 1rem; padding: .7rem 1rem; background: var(--raised); border: 1px solid var(--line); border-radius: 8px; color: var(--ink); text-decoration: none; }
.experiments a:hover { border-color: var(--accent); }
.experiments b, .experiments span { overflow-wrap: anywhere; min-width: 0; } .experiments span { grid-column: 1; color: var(--soft); } .experiments small { grid-area: 1 / 2; color: var(--soft); white-space: nowrap; }
.open { display: block; color: inherit; text-decoration: none; } .open:hover { opacity: .85; }
.back { margin: .8rem 0 0; font-size: .9rem; } .trial h1 { margin-top: .5rem; }
.verdict { border-left: 4px solid var(--fair); background: var(--raised); padding: .4rem .9rem; border-radius: 0 8px 8px 0; margin: .5rem 0; max-width: 60rem; }
.stage-row { display: grid; gap: 1.4rem; grid-template-columns: minmax(0, 640px) minmax(0, 420px); align-items: start; }
.stage canvas, .latent canvas { display: block; width: 100%; aspect-ratio: 1; border: 1px solid var(--line); border-radius: 8px; }
.stage canvas { cursor: crosshair; } img.stage { width: 100%; max-width: 640px; image-rendering: pixelated; }
.tip { color: var(--soft); font-size: .85rem; min-height: 1.4em; margin: .4rem 0 0; font-variant-numeric: tabular-nums; }
.absent { opacity: .5; } .beside { display: grid; gap: 1.2rem; } figure { margin: 0; } figcaption { color: var(--soft); font-size: .82rem; margin: .2rem 0; }
.bars svg { display: block; width: 100%; height: 120px; } .bars .whole { fill: transparent; } .bars .weight { fill: var(--line); } .bars .own { fill: var(--accent); } .bars.small svg { height: 34px; padding: .2rem .6rem 0; } .names { list-style: none; display: grid; padding: 0; margin: .2rem 0 0; font-size: .75rem; color: var(--soft); text-align: center; overflow-wrap: anywhere; }
.bars .pointed .whole { fill: var(--line); opacity: .5; }
.curves { margin: 1.4rem 0 1rem; } .curve-grid { display: grid; gap: 1rem 1.6rem; grid-template-columns: repeat(auto-fill, minmax(min(45%, 220px), 1fr)); max-width: 1400px; }
.curve figcaption { display: flex; justify-content: space-between; gap: .6rem; } .curve b { color: var(--ink); font-variant-numeric: tabular-nums; }
.curve svg { display: block; width: 100%; height: 64px; border-bottom: 1px solid var(--line); cursor: pointer; overflow: visible; } .curve polyline { fill: none; stroke: var(--accent); stroke-width: 1.6; } .curve line { stroke: var(--soft); stroke-width: 1; }
.overlaid { margin: 1.4rem 0; } .overlaid .curve-grid { grid-template-columns: repeat(auto-fill, minmax(min(100%, 300px), 1fr)); max-width: none; } .overlaid .curve svg { height: 110px; cursor: auto; } .overlaid figcaption span { font-variant-numeric: tabular-nums; }
.keys { display: flex; flex-wrap: wrap; gap: .3rem 1.4rem; font-size: .85rem; } .keys span { display: flex; gap: .5rem; align-items: center; } .keys svg { width: 28px; height: 8px; flex: none; } .keys line { stroke-width: 2.4; }
.clock { position: sticky; bottom: 0; z-index: 2; background: var(--ground); border: 0; border-top: 1px solid var(--line); margin: 1rem 0 0; padding: .6rem 0; min-width: 0; display: flex; flex-wrap: wrap; gap: .4rem 1.1rem; align-items: center; font-size: .9rem; font-variant-numeric: tabular-nums; }
.clock input[type='range'] { flex: 1 1 11rem; accent-color: var(--accent); } .clock button { min-width: 4.6rem; } .clock label { display: flex; gap: .4rem; align-items: center; color: var(--soft); } .clock small { color: var(--soft); }
nav { display: flex; gap: .8rem; font-size: .85rem; } .badge { font-size: .78rem; font-weight: 600; color: var(--ground); background: var(--fair); border-radius: 5px; padding: .15rem .5rem; vertical-align: middle; white-space: normal; }
.starts { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; font-size: .9rem; } .starts label, .chooser { display: flex; flex-wrap: wrap; gap: .4rem; align-items: center; } .starts input { width: 5rem; }
.controls .main { font-weight: 700; } .play .clock { position: sticky; top: 2.6rem; bottom: auto; border-top: 0; border-bottom: 1px solid var(--line); margin: .6rem 0; }
.variants { display: grid; gap: 1.2rem 2.4rem; } .variants.of-2 { grid-template-columns: repeat(auto-fit, minmax(min(100%, 480px), 1fr)); } .variant { min-width: 0; } .variant h2 { display: flex; gap: .3rem .6rem; align-items: center; flex-wrap: wrap; } .variant h2 small { margin: 0; }
.variants.of-2 .stage-row { grid-template-columns: minmax(0, 1fr); } .variants.of-2 .beside { grid-template-columns: repeat(auto-fit, minmax(min(100%, 200px), 1fr)); } .variant .curve-grid { grid-template-columns: repeat(auto-fill, minmax(130px, 1fr)); }
.said { list-style: none; padding: 0; margin: 0 0 .5rem; font-size: .82rem; color: var(--soft); overflow-wrap: anywhere; } .said li + li { opacity: .6; }
.settings { border: 0; padding: 0; margin: .6rem 0; min-width: 0; font-size: .88rem; } .settings :is(label, .line) { display: inline-flex; gap: .5rem; align-items: center; margin: .2rem 1.2rem .2rem 0; } .settings :is(label, .line) span { color: var(--soft); } .settings input { width: 7rem; } .settings .soft { font-size: .82rem; } .settings details .line { display: flex; justify-content: space-between; max-width: 26rem; } .settings textarea { width: 14rem; }
input:not([type='checkbox'], [type='range']), textarea { font: inherit; color: var(--ink); background: var(--raised); border: 1px solid var(--line); border-radius: 6px; padding: .1rem .4rem; }
.keep { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; } .keep output { font-size: .85rem; color: var(--soft); overflow-wrap: anywhere; }
.draw { margin-top: 1.6rem; } .draw canvas { width: 100%; aspect-ratio: 1; border: 1px solid var(--line); border-radius: 8px; cursor: crosshair; touch-action: none; } .draw .settings :is(label, .line) { display: flex; justify-content: space-between; }
.leaderboard td { text-align: center; padding: .35rem .45rem; } .leaderboard .place { white-space: normal; } .leaderboard td a { color: inherit; text-decoration: none; } .leaderboard thead th { text-align: center; padding: .35rem .45rem; } .leaderboard thead th:first-child { padding-left: 0; } .leaderboard th:first-child { position: sticky; left: 0; background: var(--ground); z-index: 1; text-align: left; }
.lines svg { display: block; width: 100%; height: 120px; border: 1px solid var(--line); border-radius: 6px; } .lines polyline { fill: none; stroke: var(--soft); stroke-width: .8; opacity: .45; } .lines .mean { stroke: var(--accent); stroke-width: 2; opacity: 1; } .lines line { stroke: var(--line); } .lines .asked { stroke: var(--ink); stroke-dasharray: 4 3; }
.compared { grid-template-columns: repeat(auto-fill, minmax(min(100%, 300px), 1fr)); margin-top: 1.6rem; } .compared h2 button { margin-left: .6rem; font-weight: 400; }
select { font: inherit; color: var(--ink); background: var(--raised); border: 1px solid var(--line); border-radius: 6px; padding: .1rem .4rem; }
@media (max-width: 900px) { .stage-row { grid-template-columns: minmax(0, 1fr); } }
@media (min-width: 2400px) { :root { font-size: 150%; } body { font-size: .94rem; } .stage-row { grid-template-columns: minmax(0, 1200px) minmax(0, 800px); } .curve-grid { max-width: none; grid-template-columns: repeat(auto-fill, minmax(340px, 1fr)); } .curve svg { height: 110px; } img.stage { max-width: 1200px; } .variants.of-2 .stage-row { grid-template-columns: minmax(0, 1100px) minmax(0, 700px); } .variants.of-2 .beside { grid-template-columns: minmax(0, 1fr); } }
@media (max-width: 560px) { .bar { flex-wrap: wrap; gap: .4rem .7rem; } .where { order: 1; flex-basis: 100%; } .clock { gap: .2rem .8rem; padding: .3rem 0; } .clock small { display: none; } .link.open { font-size: 0; } .link.open::before { width: 10px; height: 10px; margin: 0; } .far, .link small { display: none; } .legend { margin-left: 0; } .rules div { grid-template-columns: 1fr; } }
`;
