/** docs/kinds.md: data, priors, networks and optimisers that experiments choose from, with their settings, from their cards. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { builtIn } from '../../../src/catalogue/catalogue.ts';
import { priorKinds } from '../../../src/priors/prior-kinds.ts';
import type { Card } from '../../../src/schema/kind.ts';
import { factoryOf } from '../catalogue.ts';
import { docstringsOf } from '../docstrings.ts';
import { notice, page, sentence, table } from '../markdown.ts';
import { settingRows } from '../settings.ts';

export function kindsPage(root: string): string {
  const remarks = remarksIn(root);
  const { data, nets, optimisers } = builtIn.cards;
  return page(
    notice,
    '# Data, priors, networks and optimisers',
    intro,
    ...familyBlocks('Data', 'data', data, remarks),
    ...familyBlocks('Priors of the latent', 'latent', priorKinds, remarks),
    ...familyBlocks('Networks', 'nets', nets, remarks),
    ...familyBlocks('Optimisers', 'training.optimiser', optimisers, remarks),
  );
}

const intro = `An experiment's file calls these functions; on the command line a setting is the dotted path, for example \`--set data.std=0.1\`. A setting
without a default has to be given. [Methods](methods/README.md) and [metrics](metrics.md) have pages of their own, and
[extending](extending.md) says how to define more.`;

type Remarks = ReadonlyMap<string, string>;

/** Docstrings of everything that the families' folders export, by name. */
const remarksIn = (root: string): Remarks =>
  new Map(
    ['datasets', 'priors', 'nets', 'optimisers'].flatMap((folder) =>
      readdirSync(join(root, 'src', folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts'))
        .flatMap((file) => [...docstringsOf(root, join('src', folder, file))]),
    ),
  );

function familyBlocks(title: string, path: string, cards: readonly Card[], remarks: Remarks): string[] {
  return [`## ${title}`, `In an experiment: \`${path}\`.`, ...cards.map((card) => kindBlock(card, remarks))];
}

const kindBlock = (card: Card, remarks: Remarks): string =>
  page(
    `### ${factoryOf(card)}`,
    `${sentence(settingsAsCode(card))} Its \`kind\` is \`${card.kind}\`.${card.source === undefined ? '' : ` Source: ${card.source}.`}`,
    remarkOn(remarks.get(factoryOf(card)) ?? ''),
    settingsTable(card),
  ).trimEnd();

/** A docstring of one line says what the description does. */
const remarkOn = (text: string): string => (text.includes('\n') ? (text.split(/\n*^@(?:param|throws)/m)[0] ?? '') : '');

/** The description, in which the settings that it names are code. */
function settingsAsCode({ description, settings }: Card): string {
  const names = Object.keys(settings.shape);
  return description.replace(/\w+/g, (word) => (names.includes(word) ? `\`${word}\`` : word));
}

/** '' for a kind without settings. */
export function settingsTable(card: Card): string {
  const rows = settingRows(card);
  return rows.length === 0 ? '' : table(['setting', 'expected', 'default'], rows);
}
