/**
 * Looks at the networks of a trial that another process trains: applies those of its checkpoint to the points that a film would
 * show. Loads tensors when it first looks, and compiles a program a method; the trial itself is not touched.
 */
import { LruCache } from '../base/lru-cache.ts';
import { builtIn } from '../catalogue/catalogue.ts';
import type { ResolvedSpec } from '../catalogue/spec.ts';
import { anywhere } from '../engine/engines.ts';
import { filmKindOf } from '../methods/film-kind.ts';
import { hashOf } from '../schema/identity.ts';
import type { Film, Frame } from '../store/film-file.ts';
import type { FilmRecorder } from '../trial/outputs/film-recorder.ts';
import { framePicture } from './picture.ts';
import type { Unfinished } from './unfinished.ts';
import type { Picture } from './wire.ts';

interface Opened {
  readonly recorderOf: (spec: ResolvedSpec) => FilmRecorder;
  dispose(): Promise<void>;
}

export class Eye {
  readonly #programs = new LruCache<Opened>(12);
  /** One at a time: the machine is busy with what is looked at. */
  #turn: Promise<unknown> = Promise.resolve();

  /** Never throws: what cannot be looked at says why. */
  look(trial: Pick<Unfinished, 'spec' | 'checkpoint'>): Promise<Picture> {
    const looked = this.#turn.then(() => this.#look(trial)).catch(() => none('its networks cannot be looked at'));
    this.#turn = looked;
    return looked;
  }

  async #look({ spec, checkpoint: { step, arrays } }: Pick<Unfinished, 'spec' | 'checkpoint'>): Promise<Picture> {
    const card = builtIn.cards.methods.find(({ name }) => name === spec.method);
    const data = builtIn.cards.data.find(({ kind }) => kind === spec.data.kind);
    if (card === undefined || data === undefined) return none('of an experiment’s own kinds pictures come at the end');
    if (filmKindOf(card, data.truth(spec.data).dim, spec.latent.dim) === undefined)
      return none('its samples come at the end');
    const { seed: _, ...shared } = spec;
    const opened = await this.#programs.get(hashOf(shared), () => open(spec));
    const recorder = opened.recorderOf(spec);
    const { rawWeights } = await import('../trial/probe.ts');
    const frame: Frame = await recorder.take(step, rawWeights(arrays));
    const film: Omit<Film, 'frames'> = recorder.reel;
    return framePicture(film, frame, spec.loss);
  }
}

const none = (why: string): Picture => ({ kind: 'none', why });

async function open(spec: ResolvedSpec): Promise<Opened> {
  const { compileEvaluation, openTrainingPrograms, sizesOf } = await import('../trial/programs.ts');
  const { Probe } = await import('../trial/probe.ts');
  const { FilmRecorder } = await import('../trial/outputs/film-recorder.ts');
  const { Clock } = await import('../trial/clock.ts');
  const { axesOf } = await import('../trial/outputs/axes.ts');
  const training = await openTrainingPrograms(spec, builtIn, anywhere, '');
  const { dataset, model } = training.parts;
  const programs = await compileEvaluation(training, spec, new Clock());
  const sizes = sizesOf(dataset, spec);
  const kind = filmKindOf(model, sizes.dim, sizes.latent);
  if (programs.probe === undefined || kind === undefined) throw new Error('internal: nothing to draw');
  const probe = new Probe(programs.probe, model, sizes);
  const axes = axesOf(kind, dataset, spec.latent);
  return {
    recorderOf: (own) => new FilmRecorder({ probe, dataset, axes }, kind, own, []),
    async dispose() {
      await programs.dispose();
      await training.dispose();
    },
  };
}
