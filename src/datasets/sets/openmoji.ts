/** OpenMoji's drawings of emoji, labelled by Unicode's group or subgroup: colour pictures of which most show people. */
import { didYouMean } from '../../base/did-you-mean.ts';
import { UsageError } from '../../base/usage-error.ts';
import { npmPackage } from '../readers/npm-package.ts';
import { pixels, type SetOption } from './options.ts';
import { pictureSet } from './set-card.ts';

const home = {
  name: 'openmoji',
  version: '17.0.0',
  sha512: 'EBnYrNGdcdw+OSXmENeNE1yBNRu6tOraTmoOyUbJkTmvT/+XETp8RZLSJFzD3lrPc5N9CzsyPnRTk0Vp4UaI9w==',
  size: 4_339_458,
  wanted: (path: string) => path === 'data/openmoji.json' || /^color\/svg\/[0-9A-F-]+\.svg$/.test(path),
};

const levels = ['group', 'subgroup'] as const;
const by: SetOption<(typeof levels)[number]> = {
  description: 'Classes: group (9) or subgroup (98)',
  form: 'text',
  usual: 'group',
  read(typed = 'group') {
    const level = levels.find((one) => one === typed);
    if (level !== undefined) return level;
    throw new UsageError(`--by: expected group or subgroup, got '${typed}'${didYouMean(String(typed), levels)}`);
  },
};

export const openmoji = pictureSet({
  name: 'openmoji',
  description: 'drawings of 3,944 emoji in nine groups, six of ten show people, colour, --size (64)',
  needs: 'nothing (npm package openmoji, fetched with npm: 4.3 MB)',
  typed: '',
  byItself: true,
  options: { size: pixels(), by },
  plan: ({ size, by }) => ({
    choices: { size, by },
    async make(work) {
      const place = await npmPackage(home, work, 'it is needed once, with a network');
      const { writeEmoji } = await import('../prepare/emoji-set.ts');
      const labels = await writeEmoji(place, { size, by }, work);
      return {
        title: 'drawings of emoji',
        simulated: false,
        source: `OpenMoji 17.0.0, drawings, on white, by ${by}, shuffled; the last tenth is held out`,
        licence: 'CC BY-SA 4.0, OpenMoji, the open-source emoji and icon project (openmoji.org)',
        labels,
      };
    },
  }),
});
