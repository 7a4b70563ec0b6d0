/** Opens the classifier whose features an inversion compares pictures in, or says why there is none. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { PreparedSet } from '../../datasets/data-kind.ts';
import { openImageSet } from '../../datasets/pictures/image-set.ts';
import { ownClassifier, ownScorerFile } from '../../scorers/own.ts';
import type { Tell } from './findings.ts';
import type { FeatureNet } from './inversion-step.ts';

/**
 * Opens the project's own classifier of the data set and trains it first where it is missing (`tell` is told). For stacked
 * sets it is the classifier of one channel.
 */
export async function openFeatureNet(
  data: PreparedSet | undefined,
  dataRoot: string,
  tell: Tell,
): Promise<FeatureNet | { readonly lacking: string }> {
  if (data === undefined) return { lacking: 'the data are points' };
  if (!existsSync(join(dataRoot, data.set))) return { lacking: `${join(dataRoot, data.set)} is not there` };
  const set = openImageSet(dataRoot, data.set);
  if (!set.labels) return { lacking: `${data.set} has no labels to train a classifier on` };
  const source = { set: set.eachChannelIs ?? data.set, size: data.size };
  await ownScorerFile(source, dataRoot, tell);
  const { net, parameters } = await ownClassifier(source, dataRoot);
  const eachChannel = source.set !== data.set;
  return {
    net,
    parameters,
    eachChannel,
    description: `the features of a classifier of ${source.set}${eachChannel ? ', channel by channel' : ''}`,
  };
}
