/** Draws the diagnoses of every trial as bars over training steps. `../diagnoses.ts` holds the rules. */

import { listed } from '../../base/number-words.ts';
import { faint, ink } from '../../summary/palette.ts';
import { type Diagnosis, type DiagnosisName, diagnose, diagnosisNames } from '../diagnoses.ts';
import type { Figure, Layout } from '../figure.ts';
import type { ReportData } from '../report-data.ts';
import { compared, figureOf, type Row, settingsNote } from './chart.ts';

/** More rows than this nobody reads. */
const mostRows = 60;

/** Told apart by words too: colours alone would be a puzzle. */
const colours: Readonly<Record<DiagnosisName, string>> = {
  diverged: '#b41830',
  'vanishing gradient': '#2b5c8f',
  'mode collapse': '#d55e00',
  'mode hopping': '#c078fc',
  'left the data': '#904800',
  'has not settled': '#6c78a8',
};

/** A row a trial with a diagnosis, its bars from where each begins to the trial's end; undefined where all are healthy. */
export function diagnosesFigure(data: ReportData, layout: Layout): Figure | undefined {
  const main = compared(data);
  const sick = main.flatMap(({ label, trials }) =>
    trials.flatMap((trial) => {
      const found = diagnose(trial, data.columns);
      return found.length === 0 ? [] : [{ name: `${label} · ${trial.seed}`, trial, found }];
    }),
  );
  const trials = main.reduce((sum, group) => sum + group.trials.length, 0);
  if (sick.length === 0) return undefined;
  const drawn = sick.slice(0, mostRows);
  const steps = Math.max(...drawn.map(({ trial }) => trial.record.spec.training.steps));
  const rows: Row[] = drawn.flatMap(({ name, trial, found }) =>
    found.map((diagnosis, lane) => ({
      trial: name,
      lane,
      name: diagnosis.name,
      from: diagnosis.step,
      to: Math.max(trial.record.steps, diagnosis.step),
      because: diagnosis.because,
      words: wordsFor(diagnosis, steps, layout),
      left: diagnosis.step < 0.6 * steps,
    })),
  );
  const lanes = Math.max(...rows.map(({ lane }) => Number(lane))) + 1;
  const names = diagnosisNames.filter((name) => rows.some((row) => row.name === name));
  const y = { field: 'trial', type: 'nominal' as const, sort: drawn.map(({ name }) => name), title: null };
  const yOffset = {
    field: 'lane',
    type: 'ordinal' as const,
    scale: { domain: Array.from({ length: lanes }, (_, lane) => lane), paddingInner: 0.2 },
  };
  const x = {
    field: 'from',
    type: 'quantitative' as const,
    scale: { domain: [0, steps], nice: false },
    axis: { title: 'training step', tickCount: 5 },
  };
  const color = {
    field: 'name',
    type: 'nominal' as const,
    scale: { domain: names, range: names.map((name) => colours[name]) },
    legend: null,
  };
  const omitted =
    sick.length > drawn.length ? ` The first ${drawn.length} of ${sick.length} trials with a diagnosis.` : '';
  return figureOf({
    name: 'diagnoses',
    section: 'learning',
    title: 'Diagnoses, by rule from the logs',
    alt: `${sick.length} of ${trials} trials have a diagnosis (${listed(names)}); each is a bar from the training step where it begins.`,
    note: `Rows: method · seed, only trials with a diagnosis (${sick.length} of ${trials}); bars begin where the rule first holds.${omitted}${settingsNote(data)}`,
    spec: {
      width: layout.width - 130,
      height: { step: 4 + 17 * lanes },
      layer: [
        {
          data: { values: rows },
          mark: { type: 'bar', fillOpacity: 0.3, stroke: faint, strokeWidth: 0.5 },
          encoding: { x, x2: { field: 'to' }, y, yOffset, color, tooltip: tips },
        },
        {
          data: { values: rows },
          mark: { type: 'tick', thickness: 3, orient: 'vertical', height: { band: 1 } },
          encoding: { x, y, yOffset, color, tooltip: tips },
        },
        ...([true, false] as const).map((left) => ({
          data: { values: rows },
          transform: [{ filter: `datum.left === ${left}` }],
          mark: {
            type: 'text' as const,
            align: left ? ('left' as const) : ('right' as const),
            dx: left ? 6 : -6,
            color: ink,
            fontSize: 11,
            clip: true,
          },
          encoding: { x, y, yOffset, text: { field: 'words', type: 'nominal' as const } },
        })),
      ],
    },
  });
}

const tips = [
  { field: 'trial', type: 'nominal' as const, title: 'method · seed' },
  { field: 'name', type: 'nominal' as const, title: 'diagnosis' },
  { field: 'from', type: 'quantitative' as const, title: 'from step', format: ',' },
  { field: 'because', type: 'nominal' as const },
];

/** The name, and the reason where there is room beside the bar's beginning. */
function wordsFor({ name, step, because }: Diagnosis, steps: number, { width }: Layout): string {
  const room = (width - 130) * Math.max(step / steps, 1 - step / steps);
  const text = `${name}: ${because}`;
  return text.length * 5.6 < room ? text : name;
}
