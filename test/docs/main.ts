/** `npm run docs`: writes the generated pages; with `--check` it names those that are stale, writes nothing and exits with 1. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { generatedFiles, staleFiles } from './generate.ts';

const root = resolve(import.meta.dirname, '../..');
const [option] = process.argv.slice(2);
if (option !== undefined && option !== '--check') {
  console.error(`docs: expected --check or nothing, got '${option}'`);
  process.exit(2);
}
const files = await generatedFiles(root);
const stale = staleFiles(root, files);
if (option === '--check') {
  for (const file of stale) console.error(`${file} is stale: npm run docs`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  for (const file of stale) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), files.get(file) ?? '');
    console.log(file);
  }
}
