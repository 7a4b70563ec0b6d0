/** Makes what somebody who watches or plays is shown of pictures: a sheet of samples, and the shares of their classes. */
import { firstPoints } from '../../base/points.ts';
import type { ModeShares } from '../../metrics/class-coverage.ts';
import type { EvaluationInputs } from '../../metrics/evaluation-inputs.ts';
import { sheetPng } from '../../pictures/sheet.ts';
import { sharesOf } from './pictures.ts';

export interface SheetLook {
  readonly step: number;
  /** PNG of `columns × rows` samples. */
  readonly png: Uint8Array;
  readonly columns: number;
  readonly rows: number;
  /** Of its classes or attributes, where somebody judges them. */
  readonly shares: readonly ModeShares[];
}

/** The first samples, as many as the layout holds; `undefined` where the method makes none. */
export async function sheetLook(
  inputs: EvaluationInputs,
  step: number,
  { columns, rows, side }: { readonly columns: number; readonly rows: number; readonly side: number },
): Promise<SheetLook | undefined> {
  const { generated, dataset } = inputs;
  if (generated === undefined) return undefined;
  const count = Math.min(columns * rows, generated.count);
  const png = await sheetPng(firstPoints(generated, count), dataset.shape, { columns, side });
  return { step, png, columns, rows: Math.ceil(count / columns), shares: sharesOf(inputs) };
}
