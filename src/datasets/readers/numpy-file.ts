/** Opens a file of NumPy arrays: one array as .npy, or several by name as .npz. */
import { extname } from 'node:path';
import { didYouMean } from '../../base/did-you-mean.ts';
import { countText } from '../../base/number-words.ts';
import { messageOf } from '../../base/one-line.ts';
import { UsageError } from '../../base/usage-error.ts';
import { readBytes } from '../../disk/read-file.ts';
import { statsOf } from '../../disk/stats-of.ts';
import { type DoubleArray, decodeDoubles, decodeNpy, type NumpyArray } from './npy.ts';
import { openZip, type Zip } from './zip.ts';

/** Bytes of one array, unpacked: 50,000 pictures of 128 pixels have less. */
const largest = 3 * 2 ** 30;

const endingOf = (path: string): string => extname(path).toLowerCase();

/** Whether a path's ending says so. */
export const isNumpyFile = (path: string): boolean => ['.npy', '.npz'].includes(endingOf(path));

/**
 * The only array of the file, or that called `key`.
 *
 * @throws UsageError of one line for a file that is not there, too large or damaged, and where several arrays leave a choice.
 */
export async function readNumpyFile(path: string, key?: string): Promise<NumpyArray> {
  if (endingOf(path) === '.npz') {
    const arrays = await readArrays(path, (names) => [chosen(path, names, key)]);
    return Object.values(arrays)[0] as NumpyArray; // the chosen one
  }
  if (key !== undefined) throw new UsageError(`--key: for a .npz of several arrays; ${path} holds one`);
  const { size = 0 } = statsOf(path) ?? {};
  if (size > largest)
    throw new UsageError(`${path}: expected at most ${countText(largest)} bytes, it has ${countText(size)}`);
  return decodeNpy(await readBytes(path), path);
}

/** Arrays of a .npz with all 64 bits of their numbers. Throws UsageError as `readNumpyFile` does. */
export async function readDoubles<Name extends string>(
  path: string,
  names: readonly Name[],
): Promise<Readonly<Record<Name, DoubleArray>>> {
  const arrays = await decodedArrays(path, (there) => names.map((name) => chosen(path, there, name)), decodeDoubles);
  return arrays as Readonly<Record<Name, DoubleArray>>; // of these names
}

/** Several arrays of a .npz, by name. Throws UsageError as `readNumpyFile` does. */
export const readArrays = (
  path: string,
  choose: (names: readonly string[]) => readonly string[],
): Promise<Readonly<Record<string, NumpyArray>>> => decodedArrays(path, choose, decodeNpy);

async function decodedArrays<Decoded>(
  path: string,
  choose: (names: readonly string[]) => readonly string[],
  decode: (bytes: Uint8Array, source: string) => Decoded,
): Promise<Readonly<Record<string, Decoded>>> {
  const zip = await openZip(path, largest);
  try {
    const names = zip.names.filter((name) => name.endsWith('.npy')).map((name) => name.slice(0, -'.npy'.length));
    if (names.length === 0) throw new UsageError(`${path}: expected arrays of NumPy (np.savez), ${holds(zip)}`);
    const arrays: [string, Decoded][] = [];
    for (const name of choose(names)) arrays.push([name, decode(await bytesOf(zip, name, path), `${path}: ${name}`)]);
    return Object.fromEntries(arrays);
  } finally {
    zip.close();
  }
}

async function bytesOf(zip: Zip, name: string, path: string): Promise<Uint8Array> {
  try {
    return await zip.read(`${name}.npy`);
  } catch (error) {
    throw new UsageError(`${path}: ${name}: ${messageOf(error)}`, { cause: error });
  }
}

function chosen(path: string, names: readonly string[], key: string | undefined): string {
  const [only = ''] = names;
  if (key === undefined && names.length === 1) return only;
  if (key === undefined)
    throw new UsageError(`${path}: has ${names.length} arrays, ${names.join(', ')}: choose one with --key`);
  if (names.includes(key)) return key;
  throw new UsageError(
    `--key: ${path} has no array '${key}'${didYouMean(key, names) || `; it has ${names.join(', ')}`}`,
  );
}

const holds = ({ names }: Zip): string =>
  names.some((name) => /data\.pkl$/.test(name))
    ? 'this is a model of PyTorch (a pickle), which is not opened'
    : `the archive has ${names.length} files and none of them is one`;
