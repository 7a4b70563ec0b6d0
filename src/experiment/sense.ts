/** What a schema cannot say about a resolved spec: that its parts fit together. */
import type { DataSpec, MeasureSpec, ResolvedSpec } from '../spec/spec.ts';
import { UsageError } from '../spec/usage-error.ts';

/** Throws UsageError (`path: expected …, got …`) for the first part that does not fit the others. */
export function checkSense(spec: ResolvedSpec): void {
  const { data, latent, method, penalty } = spec;
  if (latent.kind === 'uniform' && latent.low >= latent.high) {
    throw new UsageError(`latent.low: expected less than latent.high (${latent.high}), got ${latent.low}`);
  }
  if (data.kind === 'swiss-roll' && data.inner >= data.outer) {
    throw new UsageError(`data.inner: expected less than data.outer (${data.outer}), got ${data.inner}`);
  }
  if (data.kind === 'gaussian-grid' && data.heavy > 0 && data.side % 2 === 0) {
    throw new UsageError(`data.side: expected an odd number, for a heavy mode in the centre, got ${data.side}`);
  }
  if (method === 'wgan-gp' && penalty?.form === 'norm') {
    throw new UsageError(
      "penalty.form: wgan-gp's penalty is squared, 'norm' is a form of bigan-pgp's (leave wgan-gp out with --methods)",
    );
  }
  spec.measures.forEach((measure, index) => {
    if (spec.measures.findIndex(({ kind }) => kind === measure.kind) < index) {
      throw new UsageError(`measures: ${measure.kind} stands there twice`);
    }
    const needed = whatIsMissing(measure, data);
    if (needed !== undefined)
      throw new UsageError(`measures: ${measure.kind} needs ${needed}, and ${data.kind} has none`);
  });
}

function whatIsMissing(measure: MeasureSpec, data: DataSpec): string | undefined {
  const alongCurve = data.kind === 'swiss-roll';
  if ((measure.kind === 'mode-coverage' || measure.kind === 'latent-separation') && alongCurve)
    return 'data with modes';
  if (measure.kind === 'curve-coverage' && !alongCurve) return 'data along a curve';
  return undefined;
}
