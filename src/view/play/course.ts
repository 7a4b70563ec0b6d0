/**
 * What somebody plays, as a text for an address: what is played, and all that was done with it, in order. Played again it ends
 * in the same state. Pure, and shared with the page.
 *
 *     ring8/gan/default loss=hinge 400 D5 penalty.weight=3 100
 */
import { joinWords } from '../../base/shell-words.ts';

/** Who moves in a step: both sides, D alone, or G (and E) alone. */
export type Turn = 'both' | 'discriminator' | 'players';

export type Action =
  | { readonly turn: Turn; readonly steps: number }
  /** A setting by its dotted path, as `--set` takes it. */
  | { readonly path: string; readonly text: string };

export type Subject =
  | { readonly kind: 'method'; readonly experiment: string; readonly method: string; readonly preset: string }
  /** A trial of the store: from its networks on, or (`settings`) from its first step. */
  | { readonly kind: 'networks' | 'settings'; readonly experiment: string; readonly trial: string };

export interface Variant {
  readonly subject: Subject;
  readonly actions: readonly Action[];
}

const letters = { both: '', discriminator: 'D', players: 'G' } as const satisfies Record<Turn, string>;
const mostSteps = 10_000_000;

export function subjectText(subject: Subject): string {
  const parts =
    subject.kind === 'method'
      ? [subject.experiment, subject.method, ...(subject.preset === 'default' ? [] : [subject.preset])]
      : [subject.experiment, `${subject.kind}:${subject.trial}`];
  return parts.join('/');
}

export const actionText = (action: Action): string =>
  'turn' in action ? `${letters[action.turn]}${action.steps}` : `${action.path}=${action.text}`;

export const variantText = ({ subject, actions }: Variant): string =>
  [subjectText(subject), ...actions.map(actionText)].join(' ');

/** `undefined` for a text that says nothing that can be played. */
export function parseVariant(text: string): Variant | undefined {
  const [first = '', ...words] = text.split(' ').filter((word) => word !== '');
  const subject = parseSubject(first);
  const actions = words.map(parseAction);
  if (subject === undefined || actions.some((action) => action === undefined)) return undefined;
  return { subject, actions: actions.flatMap((action) => action ?? []) };
}

function parseSubject(text: string): Subject | undefined {
  const [experiment = '', second = '', preset = 'default', ...more] = text.split('/');
  if (experiment === '' || second === '' || more.length > 0) return undefined;
  const [kind, trial = ''] = second.split(':', 2);
  if (trial === '') return { kind: 'method', experiment, method: second, preset };
  return kind === 'networks' || kind === 'settings' ? { kind, experiment, trial } : undefined;
}

function parseAction(word: string): Action | undefined {
  const at = word.indexOf('=');
  if (at > 0) return at + 1 === word.length ? undefined : { path: word.slice(0, at), text: word.slice(at + 1) };
  const [, letter, digits] = /^([DG]?)(\d+)$/.exec(word) ?? [];
  const turn = (Object.keys(letters) as Turn[]).find((one) => letters[one] === letter); // its keys
  const steps = Number(digits);
  return turn === undefined || !(steps > 0 && steps <= mostSteps) ? undefined : { turn, steps };
}

/** With one more action: steps of one side join those before them. */
export function withAction(actions: readonly Action[], action: Action): readonly Action[] {
  const last = actions.at(-1);
  if (last && 'turn' in last && 'turn' in action && last.turn === action.turn)
    return [...actions.slice(0, -1), { turn: last.turn, steps: last.steps + action.steps }];
  return [...actions, action];
}

/** The settings as they stand at the end: of each path the last. */
export function settingsIn(actions: readonly Action[]): readonly { readonly path: string; readonly text: string }[] {
  const last = new Map(actions.flatMap((action) => ('path' in action ? [[action.path, action.text] as const] : [])));
  return [...last].map(([path, text]) => ({ path, text }));
}

/** The command that runs it properly: as a trial of the seed, in its last settings. `undefined` for a stored trial and for drawn data. */
export function commandOf({ subject, actions }: Variant, seed: number, isDrawn: boolean): string | undefined {
  if (subject.kind !== 'method' || isDrawn) return undefined;
  const { experiment, method, preset } = subject;
  const words = joinWords([
    ...[experiment, '--methods', method, '--seeds', `${seed}..${seed}`],
    ...(preset === 'default' ? [] : ['--preset', preset]),
    ...settingsIn(actions).flatMap(({ path, text }) => ['--set', `${path}=${text}`]),
  ]);
  return `npm run exp -- ${words}`;
}

/** A round mode of drawn data. */
export interface DrawnMode {
  readonly x: number;
  readonly y: number;
  readonly std: number;
  /** Relative to the others. */
  readonly weight: number;
}

const short = (value: number): string => String(Number(value.toPrecision(4)));

/** `0,1,0.1;2,0,0.1,3`: x, y, σ, and a weight where it is not 1. */
export const modesText = (modes: readonly DrawnMode[]): string =>
  modes.map(({ x, y, std, weight }) => [x, y, std, ...(weight === 1 ? [] : [weight])].map(short).join(',')).join(';');

const mostModes = 200;

/** `undefined` for a text that holds none. */
export function parseModes(text: string): readonly DrawnMode[] | undefined {
  const modes = text.split(';').map((part): DrawnMode | undefined => {
    const numbers = part.split(',').map(Number);
    const [x = Number.NaN, y = Number.NaN, std = Number.NaN, weight = 1] = numbers;
    const isFine = numbers.length <= 4 && [x, y].every(Number.isFinite) && std > 0 && weight > 0;
    return isFine ? { x, y, std, weight } : undefined;
  });
  if (modes.length > mostModes || modes.some((mode) => mode === undefined)) return undefined;
  return modes.flatMap((mode) => mode ?? []);
}
