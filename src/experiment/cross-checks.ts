/** What a schema cannot say about a resolved spec: that its parts fit together. Each card checks what is its own. */
import { UsageError } from '../base/usage-error.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { encoderNoise, type ResolvedSpec } from '../catalogue/spec.ts';
import type { DataCard, Size } from '../datasets/data-kind.ts';
import type { MetricCard, Need } from '../metrics/metric-kind.ts';
import { needsScorer } from '../metrics/needs.ts';
import { priorCard } from '../priors/prior.ts';

/** What no machine's memory holds, well above what anybody trains: such a slip is better heard of than run. */
const mostBatch = 1_000_000;
const mostSamples = 10_000_000;
const mostLatent = 100_000;

/** Throws UsageError (`path: expected …, got …`) for the first part that does not fit the others. */
export function checkSense(spec: ResolvedSpec, catalogue: Catalogue): void {
  const { data, latent, nets, training, evaluation } = spec;
  const dataCard = catalogue.data(data);
  const netsCard = catalogue.nets(nets);
  checkSizes([
    { path: 'training.batch', size: training.batch, most: mostBatch },
    { path: 'evaluation.samples', size: evaluation.samples, most: mostSamples },
    { path: 'latent.dim', size: latent.dim, most: mostLatent },
    { path: 'encoder.noise', size: encoderNoise(spec), most: mostLatent },
    ...netsCard.sizes(nets),
    ...dataCard.sizes(data),
  ]);
  priorCard(latent).check(latent);
  const method = catalogue.method(spec.method);
  method.check({ ...spec });
  if (netsCard.takes !== dataCard.form) {
    const fitting = catalogue.cards.nets.filter(({ takes }) => takes === dataCard.form).map(({ kind }) => kind);
    throw new UsageError(
      `nets: data of kind ${data.kind} needs nets of kind ${fitting.join(' or ')}, got ${nets.kind}`,
    );
  }
  if (method.pointsOnly && dataCard.form !== 'points')
    throw new UsageError(`methods: ${spec.method} is for points, and ${data.kind} is pictures`);
  if (encoderNoise(spec) > 0 && !netsCard.takesNoise) {
    const taking = catalogue.cards.nets.filter(({ takesNoise }) => takesNoise).map(({ kind }) => kind);
    throw new UsageError(
      `encoder.noise: nets of kind ${nets.kind} have no place for it, expected 0 (or nets of kind ${taking.join(' or ')})`,
    );
  }
  dataCard.check(data);
  checkPacking(method.packing({ ...spec }), spec);
  checkMetrics(spec, dataCard, catalogue);
}

function checkSizes(sizes: readonly Size[]): void {
  for (const { path, size, most, unit } of sizes) {
    if (size > most)
      throw new UsageError(`${path}: expected at most ${most}${unit === undefined ? '' : ` ${unit}`}, got ${size}`);
  }
}

function checkPacking(packing: number, { method, training }: ResolvedSpec): void {
  if (training.batch % packing === 0) return;
  const nearest = Math.max(1, Math.round(training.batch / packing)) * packing;
  throw new UsageError(
    `training.batch: ${method} shows D ${packing} examples at once: expected a multiple, got ${training.batch}, nearest is ${nearest}`,
  );
}

function checkMetrics({ data, measures, scorer }: ResolvedSpec, dataCard: DataCard, catalogue: Catalogue): void {
  measures.forEach((measure, index) => {
    if (measures.findIndex(({ kind }) => kind === measure.kind) < index) {
      throw new UsageError(`measures: ${measure.kind} stands there twice`);
    }
    const card = catalogue.metric(measure);
    card.check(measure, data, `measures.${index}`);
    const needed = whatIsMissing(card, dataCard.has(data));
    if (needed !== undefined)
      throw new UsageError(`measures: ${measure.kind} needs ${needed}, and ${data.kind} has none`);
    if (needsScorer([card], dataCard) && scorer === undefined) {
      throw new UsageError(
        `measures: ${measure.kind} needs a scorer: scorer: { model: 'own' } or the path of an ONNX file`,
      );
    }
  });
}

/** Needs that data may lack, in words. */
const needWords: Readonly<Partial<Record<Need, string>>> = {
  modes: 'data with modes',
  curve: 'data along a curve',
  pictures: 'pictures',
};

function whatIsMissing({ needs }: MetricCard, has: ReturnType<DataCard['has']>): string | undefined {
  const wanted = needs.map((need) => (need === 'scorer' ? 'pictures' : need));
  const missing = wanted.find((need) => needWords[need] !== undefined && !has.some((known) => known === need));
  return missing && needWords[missing];
}
