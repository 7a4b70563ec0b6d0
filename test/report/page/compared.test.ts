/** The section that compares: methods, and where a value was swept its values, the declared one marked. */
import { expect, it } from 'vitest';
import { groupReport, reportKinds } from '../../../src/report/kinds.ts';
import { comparedSection } from '../../../src/report/page/compared.ts';
import { groupRow, tableColumns } from '../../../src/summary/summarise.ts';
import { trialOf } from '../figures/example-data.ts';

const sweep = [0, 0.1, 1].flatMap((weight) =>
  [0, 1].map((seed) =>
    trialOf({
      method: 'bigan-pgp',
      seed,
      change: (spec) => ({ ...spec, penalty: { weight, form: 'squared' }, training: { ...spec.training, steps: 7 } }),
    }),
  ),
);
const declared = trialOf({
  method: 'bigan-pgp',
  change: (spec) => ({ ...spec, penalty: { weight: 1, form: 'squared' } }),
});
const note = { description: 'd', source: 's', colour: '#d55e00', spec: { ...declared.record.spec } };

it('compares the values of a sweep with the declared one, which figures show, though no trial is as declared', () => {
  const data = {
    ...groupReport(sweep, reportKinds({ methods: { 'bigan-pgp': note } })),
    ...{ experiment: 'example', about: undefined, sheets: new Map(), problems: [] },
  };
  expect(data.main.map(({ label }) => label)).toEqual(['bigan-pgp λ 1']);
  const { html } = comparedSection(data, data.groups.map(groupRow), tableColumns(data.groups));
  expect(html).toContain('<h3>Values of λ, bigan-pgp</h3>');
  expect(html).toContain('λ 1 (declared) minus each other value, on common seeds');
  for (const other of ['λ 0', 'λ 0.1']) expect(html).toMatch(new RegExp(`<th scope="row">.*${other}<`));
  expect(html).toContain('nothing is bold, for the interval of fewer than 5 pairs is little more than their range');
  expect(html).not.toMatch(/<td><b>/);
});
