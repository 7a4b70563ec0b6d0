/** Writes the document that the live page's script fills. */
import { html } from '../../report/page/html.ts';

/** @param plays whether the server has a bench to play at. */
export const documentText = (plays: boolean): string =>
  html`<!doctype html>
<html lang="en"${plays && html` data-plays`}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>modebench</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="page.css">
<script type="module" src="page.js"></script>
</head>
<body><div id="page"><p class="wait">Reading the store …</p><noscript>This page needs its script.</noscript></div></body>
</html>
`.html;
