/** The wall: a row a method, a panel a seed; what failed on top, the table over seeds below. */
import type { TrialRow, Wall, WallGroup } from '../wire.ts';
import { option, setOption } from './address.ts';
import { Failures, Findings } from './findings.tsx';
import { PanelView } from './panel-view.tsx';
import { keyOf, panels } from './panels.ts';
import { isDark } from './scheme.ts';
import { SeedTable } from './seed-table.tsx';
import { countText, plural, secondsLeft, secondsText } from './texts.ts';

/** Width of a panel, about, in the page's letters: 200 pixels, more on a large screen. */
const usual = 12.5;
/** Seeds side by side: a page has room for so many, and others are a press away. */
const page = 10;

export function WallView({ wall }: { readonly wall: Wall }) {
  const seeds = [...new Set(wall.trials.map(({ seed }) => seed))].sort((a, b) => a - b);
  const first = Math.max(0, Math.min(seeds.length - 1, Number(option('from', '0')) || 0));
  const shown = seeds.slice(first, first + page);
  // Methods of few seeds stand side by side.
  const columns = `repeat(auto-fill, minmax(min(100%, ${usual * shown.length}rem), 1fr))`;
  return (
    <>
      <h1>{wall.experiment}</h1>
      {wall.claim !== '' && <p class="claim">{wall.claim}</p>}
      {wall.trials.length > 0 ? <Progress trials={wall.trials} /> : <Nothing experiment={wall.experiment} />}
      <Failures wall={wall} />
      {wall.problems.length > 0 && (
        <details class="warning">
          <summary>{plural(wall.problems.length, 'file')} could not be read</summary>
          <ul>
            {wall.problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        </details>
      )}
      <Controls wall={wall} seeds={seeds} first={first} />
      {wall.truth?.seen && <p class="soft">{wall.truth.seen}</p>}
      <div class="wall" style={{ gridTemplateColumns: columns }}>
        {wall.groups.map((group) => (
          <GroupRow key={group.key} wall={wall} group={group} seeds={shown} />
        ))}
      </div>
      <SeedTable wall={wall} />
      {wall.trials.length > 0 && <Findings wall={wall} />}
    </>
  );
}

/** Of a search its table alone may be kept. */
const Nothing = ({ experiment }: { readonly experiment: string }) => (
  <p class="progress" role="status">
    The store has no trial of {experiment} that can be shown here. What its tables hold is drawn by{' '}
    <code>npm run report -- {experiment}</code>.
  </p>
);

function Progress({ trials }: { readonly trials: readonly TrialRow[] }) {
  const of = (state: TrialRow['state']) => trials.filter((trial) => trial.state === state);
  const running = of('running');
  const rate = running.reduce((sum, { stepsPerSecond = 0 }) => sum + stepsPerSecond, 0);
  const left = running.flatMap((trial) => secondsLeft(trial) ?? []);
  const parts = [
    `${countText(of('done').length)} of ${plural(trials.length, 'trial')} done`,
    ...(['diverged', 'failed', 'waiting'] as const).flatMap((state) =>
      of(state).length > 0 ? [`${countText(of(state).length)} ${state}`] : [],
    ),
    ...(running.length > 0 ? [`${countText(running.length)} running`, `${countText(rate)} steps/s`] : []),
    ...(left.length > 0 ? [`the longest of them has ${secondsText(Math.max(...left))} left`] : []),
  ];
  return (
    <p class="progress" role="status">
      {parts.join(' · ')}
    </p>
  );
}

interface ControlsProps {
  readonly wall: Wall;
  readonly seeds: readonly number[];
  readonly first: number;
}

/** Toggles of what there is to be seen: sheets of pictures have neither points of data nor a map. */
function Controls({ wall: { trials, experiment, truth }, seeds, first }: ControlsProps) {
  const pictures = trials.flatMap(({ id }) => panels.value.get(keyOf(experiment, id))?.picture ?? []);
  const isAwaited = pictures.length === 0 && truth !== undefined;
  const hasData = isAwaited || pictures.some((picture) => 'real' in picture);
  const hasMap = isAwaited || pictures.some((picture) => 'map' in picture);
  if (!hasMap && !hasData && seeds.length <= page) return null;
  const turn = (by: number) => setOption('from', String(Math.max(0, first + by)), '0');
  const last = Math.min(seeds.length, first + page) - 1;
  return (
    <fieldset class="controls" aria-label="What the panels show">
      {hasData && <Toggle name="data" label="data" />}
      {hasMap && <Toggle name="map" label="D’s map" />}
      {seeds.length > page && (
        <span class="pager">
          <button type="button" disabled={first === 0} onClick={() => turn(-page)}>
            ‹ <span class="far">earlier seeds</span>
          </button>
          seeds {seeds[first]} to {seeds[last]} of {countText(seeds.length)}
          <button type="button" disabled={last === seeds.length - 1} onClick={() => turn(page)}>
            <span class="far">later seeds</span> ›
          </button>
        </span>
      )}
      {hasMap && (
        <span class="legend">
          <i class="tint win" /> D takes it for real <i class="tint lose" /> for generated
        </span>
      )}
    </fieldset>
  );
}

function Toggle({ name, label }: { readonly name: string; readonly label: string }) {
  const isOn = option(name, 'on') === 'on';
  return (
    <label>
      <input type="checkbox" checked={isOn} onChange={() => setOption(name, isOn ? 'off' : 'on', 'on')} />
      {label}
    </label>
  );
}

interface GroupRowProps {
  readonly wall: Wall;
  readonly group: WallGroup;
  readonly seeds: readonly number[];
}

function GroupRow({ wall, group, seeds }: GroupRowProps) {
  const own = wall.trials.filter((trial) => trial.group === group.key);
  const shown = seeds.flatMap((seed) => own.filter((trial) => trial.seed === seed));
  const done = own.filter(({ state }) => state === 'done').length;
  return (
    <section class="group" aria-label={group.label}>
      <h2 title={group.description}>
        <span class="swatch" style={{ background: group.colour[isDark.value ? 1 : 0] }} />
        {group.label}
        <small>
          {done} of {plural(own.length, 'seed')}
        </small>
      </h2>
      <div class="panels">
        {shown.map((trial) => (
          <PanelView key={trial.id} wall={wall} group={group} trial={trial} />
        ))}
      </div>
    </section>
  );
}
