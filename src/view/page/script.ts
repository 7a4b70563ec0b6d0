/** Gives the live page's script. A compiled tree has it beside this file (bin/compile.mjs), so that a run that is watched loads no compiler. */
import { fileURLToPath } from 'node:url';
import { readIfThere } from '../../disk/read-file.ts';

let script: Promise<string> | undefined;

export function pageScript(): Promise<string> {
  script ??= read();
  return script;
}

async function read(): Promise<string> {
  const made = await readIfThere(fileURLToPath(new URL('./script.bundle.js', import.meta.url)));
  if (made) return made.toString('utf8');
  const { bundledScript } = await import('./bundle-script.ts');
  return bundledScript();
}
