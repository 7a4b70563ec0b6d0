/** Chooses what is played: experiment, method, preset and seed, for one variant or two. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { parseVariant, type Subject, variantText } from '../play/course.ts';
import type { Playable } from '../play/messages.ts';
import { option, setOption } from './address.ts';
import { readPlayables } from './playing.ts';

export function PlayStart({ onFork }: { readonly onFork: (() => unknown) | undefined }) {
  const known = useSignal<readonly Playable[]>([]);
  useEffect(() => {
    readPlayables().then(
      (read) => {
        known.value = read;
      },
      () => {}, // the choice stays with what the address says
    );
  }, []);
  return (
    <div class="starts">
      <Chooser place="a" usual="ring8/gan" known={known.value} />
      {option('b', '') !== '' && <Chooser place="b" usual="" known={known.value} />}
      <label>
        seed
        <input
          type="number"
          min={0}
          value={option('seed', '0')}
          onChange={({ currentTarget }) => setOption('seed', currentTarget.value, '0')}
        />
      </label>
      {onFork && (
        <button type="button" onClick={onFork}>
          Add a second variant from here
        </button>
      )}
    </div>
  );
}

interface ChooserProps {
  readonly place: string;
  readonly usual: string;
  readonly known: readonly Playable[];
}

function Chooser({ place, usual, known }: ChooserProps) {
  const subject = parseVariant(option(place, usual))?.subject;
  const choose = (next: Subject) => setOption(place, variantText({ subject: next, actions: [] }), '');
  if (subject === undefined) return <p class="lost">The address names nothing that can be played.</p>;
  if (subject.kind !== 'method')
    return (
      <span>
        {place.toUpperCase()}: {subject.trial} of {subject.experiment},{' '}
        {subject.kind === 'networks' ? 'from its networks on' : 'from its first step'}
      </span>
    );
  const { experiment, method, preset } = subject;
  const own = known.find((one) => one.experiment === experiment);
  const select = (label: string, value: string, all: readonly string[], change: (value: string) => void) => (
    <select
      aria-label={`${label} of ${place.toUpperCase()}`}
      value={value}
      onChange={({ currentTarget }) => change(currentTarget.value)}
    >
      {[...new Set([...(all.includes(value) ? [] : [value]), ...all])].map((name) => (
        <option key={name}>{name}</option>
      ))}
    </select>
  );
  return (
    <span class="chooser">
      <b>{place.toUpperCase()}</b>
      {select(
        'experiment',
        experiment,
        known.map((one) => one.experiment),
        (name) => {
          const next = known.find((one) => one.experiment === name);
          const kept = next?.methods.includes(method) ? method : (next?.methods[0] ?? method);
          choose({ ...subject, experiment: name, method: kept, preset: next?.usual ?? 'default' });
        },
      )}
      {select('method', method, own?.methods ?? [], (name) => choose({ ...subject, method: name }))}
      {select('preset', preset, own?.presets ?? [], (name) => choose({ ...subject, preset: name }))}
    </span>
  );
}
