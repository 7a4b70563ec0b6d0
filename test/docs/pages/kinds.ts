/** docs/kinds.md: data, priors, networks and optimisers that experiments choose from, with their settings, from their cards. */
import { builtIn } from '../../../src/catalogue/catalogue.ts';
import { priorKinds } from '../../../src/priors/prior-kinds.ts';
import type { Card } from '../../../src/schema/kind.ts';
import { factoryOf } from '../catalogue.ts';
import { notice, page, sentence, table } from '../markdown.ts';
import { settingRows } from '../settings.ts';

export function kindsPage(): string {
  const { data, nets, optimisers } = builtIn.cards;
  return page(
    notice,
    '# Data, priors, networks and optimisers',
    intro,
    ...familyBlocks('Data', 'data', data),
    ...familyBlocks('Priors of the latent', 'latent', priorKinds),
    ...familyBlocks('Networks', 'nets', nets),
    ...familyBlocks('Optimisers', 'training.optimiser', optimisers),
  );
}

const intro = `An experiment's file calls these functions; on the command line a setting is the dotted path, for example \`--set data.std=0.1\`. A setting
without a default has to be given. [Methods](methods/README.md) and [metrics](metrics.md) have pages of their own, and
[extending](extending.md) says how to define more.`;

function familyBlocks(title: string, path: string, cards: readonly Card[]): string[] {
  return [`## ${title}`, `In an experiment: \`${path}\`.`, ...cards.map(kindBlock)];
}

const kindBlock = (card: Card): string =>
  page(
    `### ${factoryOf(card)}`,
    `${sentence(settingsAsCode(card))} Its \`kind\` is \`${card.kind}\`.${card.source === undefined ? '' : ` Source: ${card.source}.`}`,
    settingsTable(card),
  ).trimEnd();

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
