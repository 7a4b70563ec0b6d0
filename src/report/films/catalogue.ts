/** Lists every film that a report may hold, in the page's order. What D forgets stands beside them but does not move. */
import type { FigureMaker } from '../figure.ts';
import { filmArrowsFigure } from './film-arrows.ts';
import { filmDensityFigure } from './film-density.ts';
import { filmLineFigure } from './film-line.ts';
import { filmPairsFigure } from './film-pairs.ts';
import { filmSurfaceFigure } from './film-surface.ts';

export const filmMakers: readonly FigureMaker[] = [
  filmLineFigure,
  filmPairsFigure,
  filmArrowsFigure,
  filmDensityFigure,
  filmSurfaceFigure,
];
