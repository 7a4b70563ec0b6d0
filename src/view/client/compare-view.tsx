/** Trials and methods of any experiments side by side: their pictures, and what was measured of each. */
import { useComputed, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { TrialRow, Wall, WallColumn, WallGroup } from '../wire.ts';
import { address, linkTo } from './address.ts';
import { type Line, OverlaidCurves } from './overlaid-curves.tsx';
import { PanelView } from './panel-view.tsx';
import { type Pick, pick, picksIn, pickText } from './picks.ts';
import { isDark } from './scheme.ts';
import { answer, experiments, readExperiments } from './server-link.ts';
import { valueText } from './texts.ts';

/** Milliseconds between two readings of what is at work. */
const readEvery = 4_000;
/** Seeds of a method whose pictures are shown, and whose curves are. */
const mostSeeds = 3;
const mostLines = 10;

interface Found {
  readonly pick: Pick;
  readonly wall: Wall;
  readonly group: WallGroup;
  /** One, or those of the method. */
  readonly trials: readonly TrialRow[];
  readonly isGroup: boolean;
}

export function CompareView() {
  const walls = useSignal<Readonly<Record<string, Wall>>>({});
  const chosen = useSignal('');
  const picks = useComputed(() => picksIn(address.value.options));
  const names = [...new Set([...picks.value.map(({ experiment }) => experiment), chosen.value])].filter(Boolean);
  useEffect(() => {
    void readExperiments();
  }, []);
  useEffect(() => {
    let isOver = false;
    const read = async () => {
      for (const name of names) {
        try {
          const wall = await answer<Wall>(`wall/${encodeURIComponent(name)}`);
          if (!isOver) walls.value = { ...walls.peek(), [name]: wall };
        } catch {
          // What is not there has no row.
        }
      }
    };
    void read();
    const again = setInterval(() => {
      const isAtWork = Object.values(walls.peek()).some(({ trials }) =>
        trials.some(({ state }) => state === 'running'),
      );
      if (isAtWork) void read();
    }, readEvery);
    return () => {
      isOver = true;
      clearInterval(again);
    };
  }, [names.join()]);
  const found = picks.value.flatMap((one) => {
    const wall = walls.value[one.experiment];
    return wall ? (foundIn(wall, one) ?? []) : [];
  });
  const add = walls.value[chosen.value];
  return (
    <>
      <h1>Compare</h1>
      <fieldset class="controls" aria-label="Add to the comparison">
        <label>
          experiment
          <select
            value={chosen.value}
            onChange={({ currentTarget }) => {
              chosen.value = currentTarget.value;
            }}
          >
            <option value="">…</option>
            {experiments.value?.map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <label>
          method or trial
          <select
            value=""
            disabled={add === undefined}
            onChange={({ currentTarget: { value } }) => {
              if (value !== '') pick([...picks.value, { experiment: chosen.value, name: value }]);
            }}
          >
            <option value="">…</option>
            {add?.groups.map(({ label, key }) => (
              <optgroup key={key} label={label}>
                <option value={label}>{label}, all seeds</option>
                {add.trials
                  .filter(({ group }) => group === key)
                  .map(({ id, seed }) => (
                    <option key={id} value={id}>
                      {label}, seed {seed}
                    </option>
                  ))}
              </optgroup>
            ))}
          </select>
        </label>
      </fieldset>
      {picks.value.length === 0 && <p class="soft">Choose an experiment, then a method or a trial of it.</p>}
      {found.length > 0 && <Table found={found} />}
      <OverlaidCurves lines={found.flatMap(linesOf)} />
      <div class="wall compared">
        {found.map((one) => (
          <section class="group" key={pickText(one.pick)} aria-label={titleOf(one)}>
            <h2>
              <span class="swatch" style={{ background: one.group.colour[isDark.value ? 1 : 0] }} />
              {titleOf(one)}
              <button
                type="button"
                onClick={() => pick(picks.value.filter((other) => pickText(other) !== pickText(one.pick)))}
              >
                Remove
              </button>
            </h2>
            <div class="panels">
              {one.trials.slice(0, mostSeeds).map((trial) => (
                <PanelView key={trial.id} wall={one.wall} group={one.group} trial={trial} />
              ))}
            </div>
          </section>
        ))}
      </div>
    </>
  );
}

function foundIn(wall: Wall, one: Pick): Found | undefined {
  const trial = wall.trials.find(({ id }) => id === one.name);
  const group = wall.groups.find(({ key, label }) => (trial ? key === trial.group : label === one.name));
  if (group === undefined) return undefined;
  const trials = trial ? [trial] : wall.trials.filter((row) => row.group === group.key);
  return { pick: one, wall, group, trials, isGroup: trial === undefined };
}

const titleOf = ({ pick: { experiment }, group, trials, isGroup }: Found): string =>
  `${experiment}: ${group.label}${isGroup ? '' : `, seed ${trials[0]?.seed}`}`;

const linesOf = (one: Found): Line[] =>
  one.trials
    .filter(({ state }) => state !== 'waiting')
    .slice(0, mostLines)
    .map((trial) => ({ experiment: one.pick.experiment, trial, colour: one.group.colour, title: titleOf(one) }));

function Table({ found }: { readonly found: readonly Found[] }) {
  const columns = new Map(found.flatMap(({ wall }) => wall.columns.map((column) => [column.name, column] as const)));
  return (
    <section class="scroll" aria-label="Table of what is compared">
      <table>
        <thead>
          <tr>
            <th scope="col">what</th>
            <th scope="col">seeds</th>
            {[...columns.values()].map(({ name, title }) => (
              <th scope="col" key={name}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {found.map((one) => (
            <tr key={pickText(one.pick)}>
              <th scope="row">
                <a href={linkTo(one.pick.experiment, one.isGroup ? '' : one.trials[0]?.id)}>{titleOf(one)}</a>
              </th>
              <td>{one.isGroup ? one.trials.filter(({ state }) => state === 'done').length : 1}</td>
              {[...columns.keys()].map((name) => (
                <td key={name}>{cellText(one, name)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Mean and standard error over the seeds that are done, or the trial's value; of how many, where that is known. */
function cellText({ wall, group, trials, isGroup }: Found, name: string): string {
  const at = wall.columns.findIndex((column) => column.name === name);
  const column: WallColumn | undefined = wall.columns[at];
  if (column === undefined) return '–';
  const most = column.unit === 'count' && column.most !== undefined ? ` of ${column.most}` : '';
  if (!isGroup) return `${valueText(trials[0]?.values[at], column)}${most}`;
  const cell = wall.table.find((row) => row.group === group.key)?.cells[at];
  if (!cell) return '–';
  const error = cell.standardError === null ? '' : ` ± ${valueText(cell.standardError, { ...column, unit: 'number' })}`;
  if (column.unit !== 'share') return `${valueText(cell.mean, { ...column, unit: 'number' })}${error}${most}`;
  const share = cell.standardError === null ? '' : ` ± ${(100 * cell.standardError).toFixed(column.digits)}`;
  return `${(100 * cell.mean).toFixed(column.digits)}${share} %`;
}
