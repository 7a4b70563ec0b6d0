/** CIFAR-10 (Krizhevsky 2009) from its binary version: the archive, its folder, or a download. The test batch is held out. */
import { createHash } from 'node:crypto';
import { createWriteStream, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { UsageError } from '../../base/usage-error.ts';
import { byteStream } from '../../disk/read-file.ts';
import { statsOf } from '../../disk/stats-of.ts';
import type { Labels } from '../dataset.ts';
import type { Plan, RecipeContext } from '../prepare/recipe.ts';
import { cifarClasses, cifarRecord, readCifar } from '../readers/cifar.ts';
import { type Download, download } from '../readers/download.ts';
import { fileBytes } from '../readers/file-bytes.ts';
import { readTar } from '../readers/tar.ts';
import { flag, from } from './options.ts';
import { pictureSet } from './set-card.ts';

const archiveName = 'cifar-10-binary.tar.gz';
const trainBatches = [1, 2, 3, 4, 5].map((number) => `data_batch_${number}.bin`);
const batches: readonly string[] = [...trainBatches, 'test_batch.bin'];
/** Bytes of a batch: 10,000 records as published; more than twice that is something else. */
const largestBatch = 20_000 * cifarRecord;
const labels: Labels = { kind: 'classes', heads: [cifarClasses] };

const home: Download = {
  url: `https://www.cs.toronto.edu/~kriz/${archiveName}`,
  md5: 'c32a1d4ab5d03f1284b67883e8d87530',
  most: 256 * 2 ** 20,
  stallMs: 60_000,
};

const needs = '--from <cifar-10-binary.tar.gz, or its folder>, or --download (162 MB)';

export const cifar10 = pictureSet({
  name: 'cifar10',
  description: 'ten kinds of animals and vehicles, 32 px, colour, 60,000 pictures',
  needs,
  typed: '--download (162 MB), or --from <cifar-10-binary.tar.gz>',
  byItself: false,
  options: { from, download: flag('Fetch the files from their home') },
  plan: (chosen) => planFrom(home, chosen),
});

/** The plan with another place to download from. */
export function planFrom(
  place: Download,
  chosen: { readonly from?: string | undefined; readonly download: boolean },
): Plan {
  const { from, download: isAskedFor } = chosen;
  if (from !== undefined && isAskedFor) throw new UsageError('expected either --from or --download, got both');
  return {
    choices: from === undefined ? {} : { from },
    async make(work) {
      const source = from ?? (isAskedFor ? await fetched(place, work) : undefined);
      if (source === undefined) throw new UsageError(`cifar10 needs ${needs}`);
      const shown = from ?? place.url;
      await writeBatches(await batchFolder(source, shown, place, work), work);
      return {
        title: 'animals and vehicles',
        simulated: false,
        source: 'CIFAR-10, binary version; its test batch is held out',
        licence: 'none is given; cite Krizhevsky 2009, Learning multiple layers of features from tiny images',
        labels,
      };
    },
  };
}

async function fetched(place: Download, work: RecipeContext): Promise<string> {
  const path = join(work.scratch, 'download.part');
  work.tell(`downloading ${place.url}`);
  await download(place, path, work);
  return path;
}

async function writeBatches({ folder, named }: Batches, work: RecipeContext): Promise<void> {
  const paths = batches.map((name) => join(folder, name));
  const of = paths.reduce((sum, path) => sum + Math.floor(statSync(path).size / cifarRecord), 0);
  const sink = await work.open([32, 32, 3], 1);
  let done = 0;
  for (const [index, path] of paths.entries()) {
    if (index === trainBatches.length) sink.startHeldOut();
    const shown = named(batches[index] ?? '');
    for await (const record of readCifar(fileBytes(path, largestBatch, shown), shown)) {
      await sink.add(record.pixels, record.labels);
      work.step(++done, of, 'pictures');
    }
  }
}

interface Batches {
  readonly folder: string;
  /** A batch as the user knows it: what was unpacked is gone when the message is read. */
  named(batch: string): string;
}

/** The folder that holds the six batches: given, inside what was given, or unpacked from the archive. @param shown what stands in messages. */
async function batchFolder(source: string, shown: string, { md5 }: Download, work: RecipeContext): Promise<Batches> {
  const stat = statsOf(source);
  if (stat === undefined) throw new UsageError(`--from: there is nothing at ${source}`);
  if (stat.isFile()) {
    if ((await md5Of(source)) !== md5)
      work.tell(`note: ${shown} is not the published ${archiveName} (MD5 differs from ${md5})`);
    await unpack(source, shown, work);
    return { folder: work.scratch, named: (batch) => `${batch} of ${shown}` };
  }
  const inside = [source, join(source, 'cifar-10-batches-bin')].find((folder) =>
    isFile(join(folder, 'data_batch_1.bin')),
  );
  if (inside !== undefined) {
    const missing = batches.find((name) => !isFile(join(inside, name)));
    if (missing !== undefined)
      throw new UsageError(`${inside}: expected the six batches of CIFAR-10, ${missing} is missing`);
    return { folder: inside, named: (batch) => join(inside, batch) };
  }
  const archive = join(source, archiveName);
  if (isFile(archive)) return batchFolder(archive, archive, { ...home, md5 }, work);
  const isPython = isFile(join(source, 'data_batch_1')) || isFile(join(source, 'cifar-10-python.tar.gz'));
  throw new UsageError(
    isPython
      ? `${source} has CIFAR-10's Python version; the binary version is needed: ${archiveName}, or --download`
      : `${source}: expected data_batch_1.bin … test_batch.bin or ${archiveName} in that folder`,
  );
}

/** Writes the batches, and nothing else, under our own names: what the archive calls its files is compared, never used. */
async function unpack(archive: string, shown: string, work: RecipeContext): Promise<void> {
  const found = new Set<string>();
  let isPython = false;
  for await (const entry of readTar(fileBytes(archive, 2 ** 30, shown), shown)) {
    work.signal.throwIfAborted();
    const name = batches.find((batch) => batch === basename(entry.name));
    isPython ||= basename(entry.name) === 'data_batch_1';
    if (name === undefined) continue;
    if (entry.size > largestBatch || found.has(name))
      throw new UsageError(
        `${shown}: expected one ${name} of at most ${largestBatch} bytes (not CIFAR-10 as published)`,
      );
    found.add(name);
    await pipeline(entry.content(), createWriteStream(join(work.scratch, name)));
  }
  const missing = batches.find((name) => !found.has(name));
  if (isPython)
    throw new UsageError(
      `${shown} is CIFAR-10's Python version; the binary version is needed: ${archiveName}, or --download`,
    );
  if (missing !== undefined)
    throw new UsageError(`${shown}: expected the six batches of CIFAR-10, ${missing} is missing`);
}

async function md5Of(path: string): Promise<string> {
  const hash = createHash('md5');
  await pipeline(byteStream(path), hash);
  return hash.digest('hex');
}

const isFile = (path: string): boolean => statsOf(path)?.isFile() ?? false;
