/** Writes the page's sections of figures: a frame for each, which the script fills; words where a section has none. */
import type { Asset, Figure, SectionName } from '../figure.ts';
import { type Html, html } from './html.ts';

interface Words {
  readonly title: string;
  readonly lead: string;
  /** What to say, and what to type, where there is nothing to show. */
  readonly none: (experiment: string) => Html;
}

const nothing = () => html`the store holds nothing that could be drawn.`;

export const sectionWords: Readonly<Record<SectionName, Words>> = {
  modes: {
    title: 'Modes and quality',
    lead: 'What is captured, how well, and when.',
    none: nothing,
  },
  samples: {
    title: 'Samples',
    lead: 'What the generators make beside the data; for methods with an encoder, what it makes of real examples.',
    none: nothing,
  },
  discriminator: {
    title: 'The discriminator',
    lead: 'Where the discriminator pulls samples to, at the end of training.',
    none: () => html`the trials left no picture of their discriminator. Those on pictures make none.`,
  },
  learning: {
    title: 'Learning',
    lead: 'The course of training, and what its logs say by stated rules.',
    none: nothing,
  },
  ablation: {
    title: 'Ablation',
    lead: 'Every metric against the values that were swept, all else equal.',
    none: (experiment) =>
      html`no value was swept. For the penalty’s weight: <code>npm run exp -- ${experiment} --lambda 0,0.1,1,10</code>`,
  },
  films: {
    title: 'Films',
    lead: 'Learning, step by step. One clock moves all films; on a picture, the space bar plays and the arrow keys step.',
    none: (experiment) => html`no trial was filmed. <code>npm run exp -- ${experiment} --film</code> films them.`,
  },
};

/** `undefined` where the section has none. */
export function figuresOf(section: SectionName, figures: readonly Figure[]): Html | undefined {
  const own = figures.filter((figure) => figure.section === section);
  return own.length === 0 ? undefined : html`<p class="lead">${sectionWords[section].lead}</p>${own.map(figureFrame)}`;
}

/** What the report would show of other trials, and how to make those. */
export function missingSections(sections: readonly SectionName[], experiment: string): Html | undefined {
  if (sections.length === 0) return undefined;
  return html`<h3>Not in this report</h3><ul>${sections.map((name) => html`<li>${sectionWords[name].title}: ${sectionWords[name].none(experiment)}</li>`)}</ul>`;
}

/** A figure's frame, which the page's script fills. */
export function figureFrame({ name, title, alt, note }: Figure): Html {
  return html`<figure id="figure-${name}" data-figure="${name}"><h3>${title}</h3>
<div class="controls"></div>
<div class="plot" role="img" aria-label="${alt}"><noscript>${alt} The picture is in ${name}.svg beside this page.</noscript></div>
<figcaption><p>${note ?? alt}</p><p class="files"><a href="${name}.svg">SVG</a> · <a href="${name}.png">PNG</a> · <a href="${name}.vl.json">Vega-Lite</a></p></figcaption></figure>
`;
}

export function assetList(assets: readonly Asset[]): Html | false {
  if (assets.length === 0) return false;
  return html`<p>The same as moving pictures: ${assets.map(
    ({ name, title }, index) => html`${index > 0 && ' · '}<a href="${name}">${title}</a>`,
  )}</p>`;
}
