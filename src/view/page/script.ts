/** Bundles the live page's script, `client/`, into one text. */
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { asTyped } from '../../base/command-words.ts';

let bundled: string | undefined;

export function pageScript(): string {
  bundled ??= asTyped(bundle());
  return bundled;
}

function bundle(): string {
  // TypeScript in the source tree, JavaScript in a compiled one: as this file itself.
  const entry = new URL(`../client/main${extname(import.meta.url)}`, import.meta.url);
  const { outputFiles } = buildSync({
    entryPoints: [fileURLToPath(entry)],
    bundle: true,
    format: 'esm',
    target: 'es2022',
    charset: 'utf8',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    minify: true,
    write: false,
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}
