/** In which cells of the frame there is something, and in what share of the frames: a report's heat map. */
import type { EvaluationInputs } from '../evaluation-inputs.ts';
import { cameraOf, type ForegroundSettings, type Occupancy } from './camera.ts';

/** Maps of `[cells · cells]` shares, row by row from the upper left. */
export interface OccupancyMaps {
  readonly real: Float64Array;
  readonly generated?: Float64Array;
  readonly reconstructed?: Float64Array;
}

/** For each cell the share of frames that have foreground in it. The frames' shape is the data set's. */
export function occupancyMaps(
  { dataset: { shape }, real, secondReal, generated, reconstructed }: EvaluationInputs,
  settings: ForegroundSettings,
): OccupancyMaps {
  const camera = cameraOf(real, secondReal, settings, shape);
  const map = (occupancy: Occupancy) => framesPerCell(occupancy).map((frames) => frames / occupancy.blobs.length);
  return {
    real: map(camera(real)),
    ...(generated && { generated: map(camera(generated)) }),
    ...(reconstructed && { reconstructed: map(camera(reconstructed)) }),
  };
}

/** Frames that have foreground in each cell. `[cells · cells]` */
export function framesPerCell({ occupied, mass }: Occupancy): Float64Array {
  const frames = new Float64Array(mass.length);
  for (let at = 0; at < occupied.length; at++) (frames[at % mass.length] as number) += occupied[at] as number;
  return frames;
}
