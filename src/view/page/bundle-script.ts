/** Bundles the live page's script, `client/`, into one text. */
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

export async function bundledScript(): Promise<string> {
  const { build } = await import('esbuild');
  // TypeScript in the source tree, JavaScript in a compiled one: as this file itself.
  const entry = new URL(`../client/main${extname(import.meta.url)}`, import.meta.url);
  const { outputFiles } = await build({
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
