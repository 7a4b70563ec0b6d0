/** The tables of VEEGAN and PacGAN, who count modes on the same data, each with baselines of its own. */
import { budget, type Published, type PublishedRow } from './figures.ts';

export interface Counted extends Pick<Published, 'on' | 'metrics'> {
  /** Which of the papers' tables. */
  readonly table: 'synthetic data' | 'stacked MNIST';
  /** More on how to read them. */
  readonly caveat?: string;
  readonly veegan: readonly PublishedRow[];
  readonly pacgan: readonly PublishedRow[];
}

const netsCount =
  'The same “GAN” moves by many modes between two papers, so nets and budget count for more than names: read these as the size of things, not as a race.';

export const veeganPacgan = ({ on, metrics, table, caveat, veegan, pacgan }: Counted): Published => ({
  on,
  metrics,
  caveat: caveat === undefined ? netsCount : `${netsCount} ${caveat}`,
  tables: [
    {
      source: `Srivastava et al. 2017, VEEGAN, its table of ${table}`,
      differs: `${budget}; means of several runs, spread not given; its GAN is far weaker than PacGAN’s on the same data`,
      rows: veegan,
    },
    {
      source: `Lin et al. 2018, PacGAN, its table of ${table}${table === 'synthetic data' ? ' (ALI is what is called BiGAN here)' : ''}`,
      differs: `${budget}; mean ± standard error of 10 runs`,
      rows: pacgan,
    },
  ],
});
