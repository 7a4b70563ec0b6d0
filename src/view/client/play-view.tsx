/** The bench to play at: one variant or two on one seed, trained by orders; what was done stands in the address. */
import { useSignal, useSignalEffect } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { subjectText, type Turn, variantText } from '../play/course.ts';
import { lessons } from '../play/lessons.ts';
import type { Order } from '../play/messages.ts';
import { isHidden, option, setOption } from './address.ts';
import { DrawData } from './draw-data.tsx';
import { LockStep } from './lock-step.ts';
import { PlayStart } from './play-start.tsx';
import { Playing } from './playing.ts';
import { SavePng } from './save-view.tsx';
import { LayerToggles } from './stage.tsx';
import { countText } from './texts.ts';
import { VariantView } from './variant-view.tsx';

/** Options of the address in which variants stand. */
const places = ['a', 'b'] as const;
type Place = (typeof places)[number];
const usual: Readonly<Record<Place, string>> = { a: 'ring8/gan', b: '' };

const paces = [
  ['', 'as fast as it can'],
  ['100', '100 steps/s'],
  ['10', '10 steps/s'],
  ['2', '2 steps/s'],
] as const;

export const seedOf = (): number => {
  const seed = Number(option('seed', '0'));
  return Number.isSafeInteger(seed) && seed >= 0 ? seed : 0;
};

export function PlayView() {
  const playing = useSignal<Partial<Record<Place, Playing>>>({});
  const pace = useSignal('');
  const lock = useMemo(() => new LockStep(), []);
  // What the address says is played; what a session wrote there itself it has already.
  useSignalEffect(() => {
    const [seed, data] = [seedOf(), option('modes', '')];
    const before = playing.peek();
    const next: Partial<Record<Place, Playing>> = {};
    for (const place of places) {
      const variant = option(place, usual[place]);
      const old = before[place];
      const isSame = old?.text === variant && old.opening.seed === seed && (old.opening.data ?? '') === data;
      if (isSame) next[place] = old;
      else old?.close();
      if (!isSame && variant !== '') next[place] = new Playing(place, { variant, seed, ...(data !== '' && { data }) });
    }
    if (places.every((place) => next[place] === before[place])) return;
    lock.pause();
    playing.value = next;
  });
  useEffect(() => () => Object.values(playing.peek()).map((one) => one?.close()), []);
  const all = places.flatMap((place) => {
    const one = playing.value[place];
    return one ? [{ place, one }] : [];
  });
  const isRunning = lock.isRunning.value || all.some(({ one }) => one.shown.value?.isRunning);
  const tell = (order: Order) => all.map(({ one }) => one.order(order));
  const step = (turn: Turn) => tell({ kind: 'run', turn, steps: 1 });
  const run = () => {
    const rate = pace.value === '' ? undefined : Number(pace.value);
    const variants = all.map(({ one }) => one);
    if (variants.length > 1) void lock.run(variants, rate);
    else tell({ kind: 'run', turn: 'both', ...(rate !== undefined && { rate }) });
  };
  const pause = () => {
    if (lock.isRunning.peek()) lock.pause();
    else tell({ kind: 'pause' });
  };
  const lesson = lessons.find(({ name }) => name === option('lesson', ''));
  const shown = all[0]?.one.shown.value;
  return (
    <div class="play">
      <h1>
        Bench <small class="badge">play: nothing here joins the results</small>
      </h1>
      {lesson && (
        <>
          <h2>{lesson.title}</h2>
          <p class="claim">{lesson.says}</p>
        </>
      )}
      {!isHidden('start') && <PlayStart onFork={all.length < 2 ? () => fork(all[0]?.one) : undefined} />}
      <fieldset class="controls clock" aria-label="Training">
        <button type="button" class="main" onClick={isRunning ? pause : run}>
          {isRunning ? 'Pause' : 'Play'}
        </button>
        <button type="button" onClick={() => step('both')}>
          Step both
        </button>
        <button type="button" onClick={() => step('discriminator')}>
          Step D
        </button>
        <button type="button" onClick={() => step('players')}>
          Step G
        </button>
        <label>
          pace
          <select
            value={pace.value}
            onChange={({ currentTarget }) => {
              pace.value = currentTarget.value;
              if (isRunning) run();
            }}
          >
            {paces.map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <button type="button" onClick={() => all.map(({ place, one }) => startAgain(place, one))}>
          Start again
        </button>
      </fieldset>
      {shown && (
        <LayerToggles shown={shown.frame}>
          <SavePng name={`play-step-${shown.frame.step}`} title={titleOf(all.map(({ one }) => one))} />
        </LayerToggles>
      )}
      <div class={`variants of-${all.length}`}>
        {all.map(({ place, one }) => (
          <VariantView
            key={place}
            place={place}
            playing={one}
            onClose={place === 'b' ? () => setOption('b', '', '') : undefined}
          />
        ))}
      </div>
      {!isHidden('data') && shown?.frame.picture.kind !== 'sheet' && <DrawData />}
    </div>
  );
}

/** `ring8/gan beside ring8/bigan, seed 0, step 400` */
function titleOf(all: readonly Playing[]): string {
  const names = all.map(({ variant }) => (variant ? subjectText(variant.subject) : ''));
  return `${names.join(' beside ')}, seed ${seedOf()}, step ${countText(all[0]?.step ?? 0)}`;
}

/** A second variant that starts where the first stands. */
const fork = (one: Playing | undefined) => one && setOption('b', one.text, '');

/** From the first step, in the settings that it began with. */
function startAgain(place: Place, { variant }: Playing): void {
  if (variant === undefined) return;
  const first = variant.actions.findIndex((action) => 'turn' in action);
  const text = variantText({ ...variant, actions: first < 0 ? variant.actions : variant.actions.slice(0, first) });
  setOption(place, text === option(place, usual[place]) ? `${text} ` : text, '');
}
