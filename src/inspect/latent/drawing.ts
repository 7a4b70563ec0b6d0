/** Renders a Vega-Lite figure to PNG in the theme of the reports. */
import type { Config, TopLevelSpec } from 'vega-lite';
import { compileFigure, hasFonts, pngOf, svgOf } from '../../report/render.ts';
import { theme } from '../../report/theme.ts';

export async function figurePng(spec: TopLevelSpec): Promise<Uint8Array> {
  const config: Config = theme;
  return pngOf(await svgOf(compileFigure({ config, ...spec })));
}

/** What should be said beside a figure of this machine. */
export const fontNote = (): string[] =>
  hasFonts() ? [] : ['This system has no fonts, so the PNG has no words (apt install fonts-dejavu-core)'];
