/** Makes what the page is told of a session: what is played, and what is seen of its networks at one step. Pure. */
import { finiteOrNull } from '../../base/representable.ts';
import { builtIn } from '../../catalogue/catalogue.ts';
import type { ResolvedSpec } from '../../catalogue/spec.ts';
import type { Arrays } from '../../engine/engine.ts';
import { coloursOf, darkColours } from '../../summary/palette.ts';
import type { Look } from '../../trial/play-session.ts';
import { packedFrame } from '../film.ts';
import { sheetPicture } from '../picture.ts';
import { wallTruth } from '../summary.ts';
import type { FilmFrame } from '../wire.ts';
import { keptExperiment } from './kept-experiment.ts';
import type { Played } from './messages.ts';
import { settingsOf } from './subject.ts';

/** @param course what was done so far, with what is played, for the file of an experiment. */
export function playedOf(spec: ResolvedSpec, course: string): Played {
  const { description } = builtIn.method(spec.method);
  const { methods } = builtIn.cards;
  const colours = coloursOf(
    methods.map(({ name }) => name),
    (method) => methods.find(({ name }) => name === method)?.colour,
  );
  const colour = colours.get(spec.method) ?? '';
  const truth = wallTruth(builtIn.data(spec.data).truth(spec.data));
  return {
    kind: 'played',
    group: {
      ...{ key: spec.method, label: spec.method, method: spec.method, description },
      colour: [colour, darkColours([colour])[colour] ?? colour],
    },
    ...(truth && { truth }),
    latentDim: spec.latent.dim,
    settings: settingsOf(spec),
    file: keptExperiment(spec, builtIn, course),
  };
}

/** @param logged of the last step, each an array of one. */
export function seenIn(
  look: Look,
  spec: ResolvedSpec,
  logged: Arrays,
): { readonly frame: FilmFrame; readonly values: Readonly<Record<string, number | null>> } {
  const numbers = Object.entries(logged).map(([name, [value]]) => [name, value] as const);
  const measured = look.kind === 'points' ? Object.entries(look.frame.metrics) : [];
  const values = Object.fromEntries([...numbers, ...measured].map(([name, value]) => [name, finiteOrNull(value)]));
  if (look.kind === 'pictures') return { values, frame: { step: look.step, picture: sheetPicture(look) } };
  const { film, frame, reconstructed, along } = look;
  const { scale } = builtIn.data(spec.data).truth(spec.data);
  const slopes = along && Float32Array.from(along.slope, (slope) => slope / scale);
  return { values, frame: packedFrame({ film, frame }, spec.loss, reconstructed, slopes) };
}
