/** One trial: its picture in layers, its latents, its modes and its curves, all at one step of the clock. */
import { useEffect } from 'preact/hooks';
import { type Action, variantText } from '../play/course.ts';
import type { TrialRow, Wall, WallGroup } from '../wire.ts';
import { address, linkTo, linkToPage, plays } from './address.ts';
import { CurvesView, ModeBars } from './curves-view.tsx';
import { LatentView } from './latent-view.tsx';
import { LinesView } from './lines-view.tsx';
import { linkToCompare, pickText } from './picks.ts';
import { film, frame, isLooped, isPlaying, moveTo, onKey, position, speed, speeds, stop, toggle } from './player.ts';
import { SaveGif, SavePng } from './save-view.tsx';
import { isDark } from './scheme.ts';
import { readFilm } from './server-link.ts';
import { ShareBars } from './share-bars.tsx';
import { LayerToggles, Stage } from './stage.tsx';
import { countText } from './texts.ts';

interface Props {
  readonly wall: Wall;
  readonly trial: TrialRow;
}

/** Milliseconds between two readings of a film that grows, and at least so many times as long as one takes. */
const readEvery = 2_000;
const rest = 20;
/** By `performance.now()`: no reading before. */
let next = 0;

export function TrialView({ wall, trial }: Props) {
  const { id, version } = trial;
  useEffect(() => {
    // All frames of one that is at work come again: not as often as it has new ones.
    const wait = film.peek()?.id === id ? Math.max(0, next - performance.now()) : 0;
    const timer = setTimeout(() => {
      const began = performance.now();
      readFilm(wall.experiment, id).then(
        (read) => {
          next = performance.now() + Math.max(readEvery, rest * (performance.now() - began));
          if (address.peek().trial === id) film.value = read;
        },
        () => {}, // the badge says that the server is gone; its next version is asked for again
      );
    }, wait);
    return () => clearTimeout(timer);
  }, [id, version]);
  useEffect(() => {
    addEventListener('keydown', onKey);
    return () => {
      stop();
      film.value = undefined;
      removeEventListener('keydown', onKey);
    };
  }, [id]);
  const group = wall.groups.find(({ key }) => key === trial.group);
  if (film.value?.id !== id || group === undefined) return <p class="wait">Reading the trial …</p>;
  return (
    <div class="trial">
      <p class="back">
        <a href={linkTo(wall.experiment)}>‹ all trials of {wall.experiment}</a>
      </p>
      <h1>
        <span class="swatch" style={{ background: group.colour[isDark.value ? 1 : 0] }} />
        {group.label}, seed {trial.seed}
      </h1>
      {group.description !== undefined && <p class="claim">{group.description}</p>}
      {trial.reason !== undefined && <p class="warning">{`${trial.state}: ${trial.reason}`}</p>}
      <p class="soft">
        <a href={linkToCompare([pickText({ experiment: wall.experiment, name: id })])}>Compare with others</a>
      </p>
      {plays && !wall.truth?.seen && <PlayLinks experiment={wall.experiment} trial={trial} />}
      {film.value.findings.map(({ name, because, step }) => (
        <p class="verdict" key={name} title={wall.rules[name]}>
          <b>{name}</b> from step {countText(step)}: {because}
        </p>
      ))}
      <Pictures wall={wall} group={group} seed={trial.seed} />
      <CurvesView wall={wall} />
      <ClockBar />
    </div>
  );
}

/** The same trial on the bench: from its networks, or trained again to what is seen, step by step as it was. */
function PlayLinks({ experiment, trial: { id, seed } }: { readonly experiment: string; readonly trial: TrialRow }) {
  const step = frame.value?.step ?? 0;
  const link = (kind: 'networks' | 'settings', actions: readonly Action[]) =>
    linkToPage('play', { a: variantText({ subject: { kind, experiment, trial: id }, actions }), seed: String(seed) });
  return (
    <p class="soft">
      Play: <a href={link('networks', [])}>on from its networks</a>,{' '}
      <a href={link('settings', [])}>from its first step</a>
      {step > 0 && (
        <>
          , <a href={link('settings', [{ turn: 'both', steps: step }])}>trained again to step {countText(step)}</a>
        </>
      )}
    </p>
  );
}

/** All that moves with the clock but the curves. */
function Pictures({ wall, group, seed }: { readonly wall: Wall; readonly group: WallGroup; readonly seed: number }) {
  const shown = frame.value;
  const { frames = [], latentDim = 2, id = '' } = film.value ?? {};
  if (shown === undefined) return null;
  const firstReached = (mode: number) => frames.find(({ modeShare }) => (modeShare?.[mode] ?? 0) > 0)?.step;
  const { truth, experiment } = wall;
  const seen = { shown, truth, latentDim };
  const titleOf = (step: number) => `${experiment}: ${group.label}, seed ${seed}, step ${countText(step)}`;
  return (
    <>
      <LayerToggles shown={shown}>
        <SavePng name={`${id}-step-${shown.step}`} title={titleOf(shown.step)} />
        <SaveGif name={id} titleOf={titleOf} />
      </LayerToggles>
      {truth?.seen && <p class="soft">{truth.seen}</p>}
      <div class="stage-row">
        <Stage {...seen} group={group} firstReached={firstReached} />
        <div class="beside">
          <ModeBars truth={truth} shares={shown.modeShare} />
          <ShareBars picture={shown.picture} />
          <LatentView {...seen} />
          <LinesView frame={shown} />
        </div>
      </div>
    </>
  );
}

function ClockBar() {
  const frames = film.value?.frames ?? [];
  const last = frames.length - 1;
  const shown = frame.value;
  const words = `step ${countText(shown?.step ?? 0)} of ${countText(film.value?.steps ?? 0)}${shown?.isEnd ? ', evaluated weights' : ''}`;
  return (
    <fieldset class="clock" aria-label="Clock">
      <button type="button" disabled={last < 1} onClick={() => void toggle()}>
        {isPlaying.value ? 'Pause' : 'Play'}
      </button>
      <input
        type="range"
        aria-label="Training step"
        aria-valuetext={words}
        min={0}
        max={last}
        value={position.value}
        disabled={last < 1}
        onInput={({ currentTarget }) => {
          stop();
          moveTo(currentTarget.valueAsNumber);
        }}
      />
      <output>{words}</output>
      <label>
        speed
        <select
          value={String(speed.value)}
          onChange={({ currentTarget }) => {
            speed.value = Number(currentTarget.value);
          }}
        >
          {speeds.map((times) => (
            <option key={times} value={String(times)}>
              {times}×
            </option>
          ))}
        </select>
      </label>
      <label>
        <input
          type="checkbox"
          checked={isLooped.value}
          onChange={() => {
            isLooped.value = !isLooped.value;
          }}
        />
        loop
      </label>
      {last > 0 && film.value?.isAveraged && (
        <small>
          Frames show the weights as they train; only the last shows their moving average, which is what is judged.
        </small>
      )}
      {last < 1 && <small>one frame is kept; --film keeps more</small>}
    </fieldset>
  );
}
