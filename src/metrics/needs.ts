/** What a list of metrics needs besides examples: asked before anything is loaded or trained. */
import type { MetricCard } from './metric-kind.ts';

type Needing = Pick<MetricCard, 'needs'>;

/** Whether any of these looks at the examples themselves, and not only at what a scorer says of them. */
export const needsExamples = (metrics: readonly Needing[]): boolean => metrics.some((metric) => !isJudged(metric));

/** Whether any of these looks at what a scorer says; of points, classes are the modes themselves. */
export const needsScorer = (metrics: readonly Needing[], { form }: { readonly form: 'points' | 'pictures' }): boolean =>
  metrics.some(({ needs }) => needs.includes('scorer') || (needs.includes('classes') && form === 'pictures'));

const isJudged = ({ needs }: Needing): boolean => needs.includes('scorer') || needs.includes('classes');
