/** Columns as metrics declare them: order of tables, titles, units, digits, direction and role. */
import { expect, test } from 'vitest';
import { builtIn } from '../../src/catalogue/catalogue.ts';
import { columnNames, defineMetric } from '../../src/metrics/metric-kind.ts';
import { type ColumnRole, columnRoles } from '../../src/schema/column-info.ts';
import { loggedNames } from '../../src/store/logged-columns.ts';
import { columnInfo, columnsOf, columnsOfRole, judgedColumns } from '../../src/summary/column-info.ts';

const names = [...new Set([...builtIn.cards.metrics.flatMap(columnNames), ...loggedNames])];

test('what judges results, in the order of tables', () => {
  const found = judgedColumns(names.toReversed());
  expect(found.map(({ name, title, unit, digits, better }) => [name, title, unit, digits, better])).toEqual([
    ['modesCaptured', 'modes captured', 'count', 1, 'more'],
    ['modesSure50', 'modes at 50 % confidence', 'count', 1, 'more'],
    ['modesSure99', 'modes at 99 % confidence', 'count', 1, 'more'],
    ['curveCovered', 'curve covered', 'share', 1, 'more'],
    ['nearCurve', 'near the curve', 'share', 1, 'more'],
    ['modesWellCaptured', 'modes well captured', 'count', 1, 'more'],
    ['minorModesCaptured', 'minor modes captured', 'count', 1, 'more'],
    ['minorModesWellCaptured', 'minor modes well captured', 'count', 1, 'more'],
    ['leastShare', 'least q/p', 'number', 2, 'more'],
    ['highQuality', 'high quality', 'share', 1, 'more'],
    ['reverseKL', 'reverse KL', 'number', 2, 'less'],
    ['modesAndRestKL', 'KL with the rest', 'number', 3, 'less'],
    ['effectiveModes', 'effective modes', 'number', 2, 'more'],
    ['jensenShannon', 'Jensen–Shannon', 'number', 3, 'less'],
    ['slicedW2', 'sliced W2', 'number', 2, 'less'],
    ['modesReconstructed', 'modes reconstructed', 'count', 1, 'more'],
    ['attributeGap', 'attribute gap', 'share', 1, 'less'],
    ['foregroundGap', 'foreground gap', 'share', 1, 'less'],
    ['cellsCovered', 'cells covered', 'share', 1, 'more'],
    ['occupancyJS', 'occupancy JS', 'number', 3, 'less'],
    ['blobsJS', 'blobs JS', 'number', 3, 'less'],
    ['foregroundReconstructed', 'foreground kept', 'share', 1, 'more'],
    ['fid', 'Fréchet distance', 'number', 2, 'less'],
    ['inceptionScore', 'inception score', 'number', 2, 'more'],
    ['kid', 'kernel distance', 'number', 4, 'less'],
    ['precision', 'precision', 'number', 3, 'more'],
    ['recall', 'recall', 'number', 3, 'more'],
    ['density', 'density', 'number', 3, 'more'],
    ['coverage', 'coverage', 'number', 3, 'more'],
    ['ndb', 'NDB/K', 'number', 3, 'less'],
    ['birthdaySupport', 'birthday support', 'count', 0, 'more'],
    ['ssim', 'SSIM', 'number', 3, 'more'],
    ['intendedClass', 'intended class', 'share', 1, 'more'],
    ['classVariety', 'variety in a class', 'number', 2, 'more'],
    ['reconstructionX', '‖x − G(E(x))‖', 'number', 3, 'less'],
    ['reconstructionZ', '‖z − E(G(z))‖', 'number', 3, 'less'],
    ['latentKS', 'latent KS', 'number', 3, 'less'],
    ['latentKSMean', 'latent KS, mean', 'number', 3, 'less'],
    ['latentPurity', 'latent purity', 'share', 1, 'more'],
  ]);
  expect(found.filter(({ outOf }) => outOf).map(({ name }) => name)).toEqual([
    ...['modesCaptured', 'modesSure50', 'modesSure99', 'modesWellCaptured', 'minorModesCaptured'],
    ...['minorModesWellCaptured', 'modesReconstructed'],
  ]);
});

test('what says nothing of quality on its own', () => {
  const neutral = names.map((name) => columnInfo(name)).filter(({ better }) => better === undefined);
  expect(neutral.map(({ name, title, unit, digits }) => [name, title, unit, digits])).toEqual([
    ['sigmaRatio', 'σ ratio', 'number', 2],
    ['foregroundShare', 'with foreground', 'share', 1],
    ['foregroundShareReal', 'with foreground, real data', 'share', 1],
    ['inceptionScoreStd', 'inception score, σ of splits', 'number', 2],
    ['kidStd', 'kernel distance, σ of subsets', 'number', 4],
    ['lossD', 'loss of D', 'number', 3],
    ['lossG', 'loss of G', 'number', 3],
    ['scoreReal', 'D on real', 'number', 3],
    ['scoreFake', 'D on generated', 'number', 3],
    ['gradientD', 'gradient norm of D', 'number', 3],
    ['gradientG', 'gradient norm of G', 'number', 3],
  ]);
});

test('what figures take columns for, the leading one first', () => {
  const all = (role: ColumnRole) => columnsOfRole(role, () => true).map(({ name }) => name);
  expect(Object.fromEntries(columnRoles.map((role) => [role, all(role)]))).toEqual({
    coverage: ['modesCaptured', 'curveCovered', 'cellsCovered', 'latentPurity'],
    'strict-coverage': ['modesWellCaptured'],
    quality: ['nearCurve', 'highQuality', 'fid', 'inceptionScore'],
    balance: ['reverseKL', 'attributeGap', 'occupancyJS', 'latentKS'],
    distance: ['slicedW2'],
  });
  expect(columnsOfRole('coverage', (name) => name === 'cellsCovered')).toMatchObject([{ name: 'cellsCovered' }]);
});

test('metrics that share a column describe it alike', () => {
  const columns = builtIn.cards.metrics.flatMap((card) => card.columns);
  for (const { real: _, outOf: __, ...column } of columns) expect(columnInfo(column.name)).toMatchObject(column);
});

test('a metric of one’s own comes last, or where it says', () => {
  const own = defineMetric({
    kind: 'own',
    description: 'made up',
    columns: [
      { name: 'spread', title: 'spread of samples', unit: 'share', digits: 1, better: 'less' },
      { name: 'first', title: 'first of all', unit: 'count', digits: 0, better: 'more', place: 0 },
      { name: 'aside', title: 'aside', unit: 'number', digits: 2 },
    ],
    compute: () => ({}),
  });
  const columns = columnsOf([...builtIn.cards.metrics, own]);
  const found = judgedColumns(['spread', 'aside', 'latentPurity', 'first', 'modesCaptured'], columns);
  expect(found.map(({ name }) => name)).toEqual(['first', 'modesCaptured', 'latentPurity', 'spread']);
  expect(columnInfo('raw.spread', columns)).toMatchObject({ title: 'spread of samples, raw weights', terminal: false });
});
