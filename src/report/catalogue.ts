/** Lists every figure and every film that a report may hold, in the page's order within each section. */
import type { AssetMaker, FigureMaker } from './figure.ts';
import { ablationFigures } from './figures/ablation.ts';
import { ablationGridFigure } from './figures/ablation-grid.ts';
import { coverageOverTrainingFigure } from './figures/coverage-over-training.ts';
import { diagnosesFigure } from './figures/diagnoses.ts';
import { discriminatorMapFigure } from './figures/discriminator-map.ts';
import { discriminatorXzFigure } from './figures/discriminator-xz.ts';
import { latentPriorFigure } from './figures/latent-prior.ts';
import { latentSpaceFigure } from './figures/latent-space.ts';
import { gradientsFigure, lossesFigure, scoresFigure } from './figures/learning.ts';
import { lineDataFigure } from './figures/line-data.ts';
import { linesFigure } from './figures/lines.ts';
import { modeHistogramFigure } from './figures/mode-histogram.ts';
import { modeSharesFigure } from './figures/mode-shares.ts';
import { modesCapturedFigure } from './figures/modes-captured.ts';
import { occupancyFigure } from './figures/occupancy.ts';
import {
  ablationSheetsFigures,
  rarestModesFigure,
  reconstructionSheetsFigure,
  sampleSheetsFigure,
} from './figures/picture-sheets.ts';
import { qualityAgainstModesFigure } from './figures/quality-against-modes.ts';
import { reconstructionsFigure } from './figures/reconstructions.ts';
import { ablationSamplesFigures, samplesFigure } from './figures/samples.ts';
import { samplesBySeedFigure } from './figures/samples-by-seed.ts';
import { stepsToModesFigure } from './figures/steps-to-modes.ts';
import { filmMakers } from './films/catalogue.ts';
import { forgettingFigure } from './films/forgetting.ts';
import { filmAssets } from './films/gif.ts';

export const figureMakers: readonly FigureMaker[] = [
  modesCapturedFigure,
  qualityAgainstModesFigure,
  modeHistogramFigure,
  modeSharesFigure,
  occupancyFigure,
  coverageOverTrainingFigure,
  stepsToModesFigure,
  sampleSheetsFigure,
  samplesFigure,
  samplesBySeedFigure,
  lineDataFigure,
  rarestModesFigure,
  reconstructionSheetsFigure,
  reconstructionsFigure,
  latentSpaceFigure,
  latentPriorFigure,
  discriminatorMapFigure,
  discriminatorXzFigure,
  linesFigure,
  diagnosesFigure,
  lossesFigure,
  scoresFigure,
  gradientsFigure,
  ...ablationFigures,
  ...ablationSamplesFigures,
  ...ablationSheetsFigures,
  ablationGridFigure,
  ...filmMakers,
  forgettingFigure,
];

/** Films as GIFs. */
export const assetMakers: readonly AssetMaker[] = [filmAssets];
