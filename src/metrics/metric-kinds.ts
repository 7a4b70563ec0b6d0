/** The metrics that experiments choose from, in the order in which they are listed. */
import { attributeCoverage } from './attribute-coverage.ts';
import { birthday } from './birthday.ts';
import { classCoverage } from './class-coverage.ts';
import { curveCoverage } from './curve-coverage.ts';
import { foreground } from './foreground/foreground.ts';
import { frechet } from './frechet.ts';
import { guidance } from './guidance.ts';
import { inceptionScore } from './inception-score.ts';
import { kernel } from './kernel.ts';
import { latentSeparation } from './latent-separation.ts';
import { latentUniformity } from './latent-uniformity.ts';
import { modeBalance } from './mode-balance.ts';
import { modeCoverage } from './mode-coverage.ts';
import { ndb } from './ndb.ts';
import { prdc } from './prdc.ts';
import { reconstruction } from './reconstruction.ts';
import { slicedWasserstein } from './sliced-wasserstein.ts';
import { ssim } from './ssim.ts';

export const metricKinds = [
  modeCoverage,
  modeBalance,
  slicedWasserstein,
  reconstruction,
  latentUniformity,
  latentSeparation,
  curveCoverage,
  classCoverage,
  attributeCoverage,
  guidance,
  foreground,
  ssim,
  inceptionScore,
  frechet,
  kernel,
  prdc,
  ndb,
  birthday,
] as const;
