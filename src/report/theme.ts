/** Holds the look that all figures share, as a Vega-Lite config. Grounds are transparent; the page swaps colours by `darkOf`. */
import type { Config } from 'vega-lite';
import { faint, ink, strong, truth } from '../summary/palette.ts';

/** Families that some system always has; the first that is there is taken. */
export const font = 'Helvetica Neue, Arial, Liberation Sans, DejaVu Sans, sans-serif';

export const fontSize = 12;

export const theme: Config = {
  background: 'transparent',
  font,
  padding: 4,
  view: { stroke: faint, strokeWidth: 1, fill: null },
  axis: {
    labelColor: ink,
    titleColor: ink,
    labelFontSize: fontSize - 1,
    titleFontSize: fontSize,
    titleFontWeight: 'normal',
    titlePadding: 6,
    domainColor: faint,
    tickColor: faint,
    gridColor: faint,
    gridOpacity: 0.35,
    labelOverlap: true,
    labelFlush: true,
    tickSize: 4,
  },
  legend: {
    labelColor: ink,
    titleColor: ink,
    labelFontSize: fontSize,
    titleFontSize: fontSize,
    titleFontWeight: 'normal',
    orient: 'top',
    symbolOpacity: 1,
    labelLimit: 0,
  },
  header: {
    labelColor: strong,
    titleColor: ink,
    labelFontSize: fontSize + 1,
    labelFontWeight: 'bold',
    labelPadding: 4,
  },
  title: { color: strong, fontSize: fontSize + 1, anchor: 'start', frame: 'group', fontWeight: 'bold', offset: 6 },
  text: { color: ink, fontSize, font },
  rule: { color: truth },
  // A figure has one alternative text; thousands of points that each announce themselves are no help to anyone.
  mark: { aria: false },
  // Opacity of a whole mark costs a layer each in renderers, and ends resvg's process where it lies outside the picture: figures
  // use those of fill and stroke.
  tick: { color: truth, opacity: 1 },
  point: { color: truth, opacity: 1 },
  circle: { opacity: 1 },
  area: { opacity: 1 },
};
