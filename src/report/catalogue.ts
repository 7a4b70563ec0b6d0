/** Every figure that a report may hold, in the page's order within each section. */
import type { FigureMaker } from './figure.ts';
import { coverageOverTrainingFigure } from './figures/coverage-over-training.ts';
import { discriminatorMapFigure } from './figures/discriminator-map.ts';
import { latentPriorFigure } from './figures/latent-prior.ts';
import { latentSpaceFigure } from './figures/latent-space.ts';
import { linesFigure } from './figures/lines.ts';
import { modeHistogramFigure } from './figures/mode-histogram.ts';
import { modesCapturedFigure } from './figures/modes-captured.ts';
import { qualityAgainstModesFigure } from './figures/quality-against-modes.ts';
import { reconstructionsFigure } from './figures/reconstructions.ts';
import { samplesFigure } from './figures/samples.ts';
import { samplesBySeedFigure } from './figures/samples-by-seed.ts';

export const figureMakers: readonly FigureMaker[] = [
  modesCapturedFigure,
  qualityAgainstModesFigure,
  modeHistogramFigure,
  coverageOverTrainingFigure,
  samplesFigure,
  samplesBySeedFigure,
  reconstructionsFigure,
  latentSpaceFigure,
  latentPriorFigure,
  discriminatorMapFigure,
  linesFigure,
];
