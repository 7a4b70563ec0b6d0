/** The terminal's columns as metrics declare them: order, heads and ranks are what they always were. */
import { expect, test } from 'vitest';
import { builtIn } from '../../../src/catalogue/catalogue.ts';
import { terminalColumns } from '../../../src/cli/screen/table-columns.ts';
import { columnNames, defineMetric } from '../../../src/metrics/metric-kind.ts';
import { loggedNames } from '../../../src/store/logged-columns.ts';
import { builtInColumns, columnsOf } from '../../../src/summary/column-info.ts';

const values = builtIn.cards.metrics.flatMap(columnNames);
const names = [...values, ...loggedNames, ...values.map((name) => `raw.${name}`)];

test('columns of the project’s metrics', () => {
  const found = terminalColumns(names.toReversed(), builtInColumns);
  expect(found.map(({ name, head, rank }) => [name, head.join(' / '), rank])).toEqual([
    ['modesCaptured', 'modes', 0],
    ['modesSure50', 'modes / at 50 %', 1.5],
    ['modesSure99', 'modes / at 99 %', 1.5],
    ['curveCovered', 'curve / covered %', 0],
    ['nearCurve', 'near / curve %', 1],
    ['modesWellCaptured', 'well / captured', 3],
    ['minorModesCaptured', 'minor / modes', 1.2],
    ['minorModesWellCaptured', 'minor / well', 1.4],
    ['leastShare', 'least / q/p', 3.2],
    ['highQuality', 'high / quality %', 1],
    ['reverseKL', 'reverse / KL', 2],
    ['effectiveModes', 'effective / modes', 3.4],
    ['modesReconstructed', 'modes / recon.', 5.8],
    ['attributeGap', 'attribute / gap %', 1],
    ['foregroundGap', 'foregr. / gap %', 1.5],
    ['cellsCovered', 'cells / covered %', 1],
    ['occupancyJS', 'occupancy / JS', 2.5],
    ['fid', 'Fréchet / distance', 1],
    ['inceptionScore', 'inception / score', 2],
    ['kid', 'kernel / distance', 5.2],
    ['precision', 'preci- / sion', 4],
    ['recall', 'recall', 4],
    ['coverage', 'cover- / age', 3],
    ['ndb', 'NDB/K', 4.2],
    ['ssim', 'SSIM', 2.2],
    ['intendedClass', 'intended / class %', 1],
    ['classVariety', 'class / variety', 1],
    ['slicedW2', 'sliced / W2', 5],
    ['raw.modesCaptured', 'raw / modes', 3.5],
    ['raw.curveCovered', 'raw / cov. %', 3.5],
    ['latentKS', 'latent / KS', 5.5],
    ['latentPurity', 'latent / purity %', 6],
  ]);
});

test.each([
  ['spread', 'number', ['spread']],
  ['mean radius', 'number', ['mean', 'radius']],
  ['share of samples above', 'share', ['share of', 'samples above %']],
] as const)('a metric of one’s own stands under its title: %s', (title, unit, head) => {
  const own = defineMetric({
    kind: 'own',
    description: 'made up',
    columns: [
      { name: 'own', title, unit, digits: 1, better: 'less' },
      { name: 'aside', title: 'says nothing of quality', unit: 'number', digits: 1 },
    ],
    compute: () => ({}),
  });
  const found = terminalColumns(
    ['own', 'aside', 'fid', 'raw.own', 'ownReal'],
    columnsOf([...builtIn.cards.metrics, own]),
  );
  expect(found.map(({ name, head }) => [name, head])).toEqual([
    ['fid', ['Fréchet', 'distance']],
    ['own', [...head]],
  ]);
});
