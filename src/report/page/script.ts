/** Bundles a page's script, an entry of `client/`, into one text for an inline element. */
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

/** Entries: the script of an experiment's page, and that of the leaderboard. */
type Entry = 'main' | 'leaderboard';

const bundled = new Map<Entry, string>();

export function pageScript(entry: Entry): string {
  const script = bundled.get(entry) ?? bundle(entry);
  bundled.set(entry, script);
  return script;
}

function bundle(name: Entry): string {
  // TypeScript in the source tree, JavaScript in a compiled one: as this file itself.
  const entry = new URL(`./client/${name}${extname(import.meta.url)}`, import.meta.url);
  const { outputFiles } = buildSync({
    entryPoints: [fileURLToPath(entry)],
    bundle: true,
    format: 'iife',
    target: 'es2022',
    charset: 'utf8',
    minifyWhitespace: true, // and with it the names of files, which are not the same everywhere
    write: false,
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}
