/** The kinds of latent prior that experiments choose from. */
import { normal } from './normal.ts';
import { split } from './split.ts';
import { uniform } from './uniform.ts';

export const priorKinds = [uniform, normal, split] as const;
