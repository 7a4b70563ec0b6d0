/**
 * Writes an HTML page that needs no network: style, scripts and data inside it. Its policy forbids every request, and every
 * script and style but its own, known by their hashes; so a slip shows itself.
 */
import { createHash } from 'node:crypto';
import { asTyped } from '../../base/command-words.ts';
import { type Html, html, jsonScript, verbatim } from './html.ts';

export interface Section {
  readonly id: string;
  readonly title: string;
  /** For the bar of sections, where room is short. */
  readonly short?: string;
  readonly body: Html;
}

interface DocumentParts {
  /** Before the project's name, in the window's title. */
  readonly title: string;
  /** After the project's name, above the heading. */
  readonly eyebrow: string;
  readonly heading: Html;
  readonly lead: Html;
  /** The link that skips what stands before them leads to the first. */
  readonly sections: readonly Section[];
  readonly footer: Html;
  /** What the scripts read, as JSON under the id `report-data`. */
  readonly payload?: unknown;
  readonly style: string;
  readonly scripts: readonly string[];
}

export function documentOf(parts: DocumentParts): string {
  const { title, eyebrow, heading, lead, sections, footer, payload, style, scripts } = parts;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src ${scripts.map(sourceOf).join(' ')}; style-src ${sourceOf(style)}; img-src data:">
<title>${title} · modebench</title>
<link rel="icon" href="data:,">
<style>${verbatim(style)}</style>
</head>
<body>
<a class="skip" href="#${sections[0]?.id ?? ''}">Skip to the results</a>
<header class="top">
<p class="eyebrow">modebench · ${eyebrow}</p>
<h1>${heading}</h1>
${words(lead)}
</header>
<nav aria-label="Sections"><div>${sections.map(({ id, title: long, short = long }) => html`<a href="#${id}">${short}</a>`)}<button id="theme" type="button" hidden>Dark</button></div></nav>
<main>
${sections.map(
  ({
    id,
    title: heads,
    body,
  }) => html`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${heads}</h2>
${words(body)}</section>
`,
)}</main>
<footer>${words(footer)}</footer>
<div id="tip" role="status" hidden></div>
${payload !== undefined && jsonScript('report-data', payload)}
${scripts.map(
  (script) => html`<script>${verbatim(script)}</script>
`,
)}</body>
</html>
`;
  return page.html;
}

const words = ({ html: text }: Html): Html => ({ html: asTyped(text) });

/** How a policy names an inline script or style: by the hash of its text. */
const sourceOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
