/** The documentation is true: generated pages are fresh, links lead somewhere, commands parse, examples compile. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { splitWords } from '../../src/base/shell-words.ts';
import { commands } from '../../src/cli/commands.ts';
import { main } from '../../src/cli/main.ts';
import { generatedFiles, staleFiles } from './generate.ts';
import { notice } from './markdown.ts';
import { anchors, commandLines, fenced, linkTargets, pages, root } from './pages-on-disk.ts';

it('generated pages are fresh: else npm run docs', async () => {
  expect(staleFiles(root, await generatedFiles(root))).toEqual([]);
});

it('links and pictures lead somewhere', () => {
  for (const { file, text } of pages()) {
    for (const target of linkTargets(text)) {
      const [path = '', anchor] = target.split('#');
      const linked = path === '' ? file : join(dirname(file), path);
      expect(existsSync(join(root, linked)), `${file} links to ${target}`).toBe(true);
      if (anchor === undefined) continue;
      expect(anchors(readFileSync(join(root, linked), 'utf8')), `${file} links to ${target}`).toContain(anchor);
    }
  }
});

it('paths in backticks are there', () => {
  for (const { file, text } of pages()) {
    const paths = [
      ...text.matchAll(/`((?:src|test|experiments|bin|docs|reports\/reference|results\/reference)\/[^`\s<*]*)`/g),
    ];
    for (const [, path = ''] of paths) expect(existsSync(join(root, path)), `${file} names ${path}`).toBe(true);
  }
});

const { scripts, dependencies, optionalDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

it('architecture names every folder of src and every dependency', () => {
  const text = readFileSync(join(root, 'docs/architecture.md'), 'utf8');
  for (const folder of readdirSync(join(root, 'src'), { withFileTypes: true }))
    if (folder.isDirectory()) expect(text).toContain(`src/${folder.name}/`);
  for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) expect(text).toContain(name);
});

/** What is wrong with `npm run name -- words`: no such command, an option that it does not have, too many words. */
function faultOf(line: string): string | undefined {
  const [, , name = '', ...typed] = (splitWords(line) ?? []).filter((word, at) => !(at === 2 && word === '-s'));
  const rest = typed[0] === '>>' ? [] : typed;
  if (!Object.hasOwn(scripts, name)) return `there is no npm run ${name}`;
  if (rest.length > 0 && rest[0] !== '--') return 'npm needs -- before the words';
  const words = rest.slice(1);
  if (name === 'bundle') return /^(--out \S+\.tar\.xz)?$/.test(words.join(' ')) ? undefined : 'no archive';
  if (name === 'bench') return existsSync(join(root, `test/bench/${words[0]}.ts`)) ? undefined : 'no such benchmark';
  if (name === 'test:long') return words.every((path) => existsSync(join(root, path))) ? undefined : 'no such test';
  const command = commands.find(({ syntax }) => syntax.split(' ')[0] === name);
  if (command === undefined) return name === 'docs' && words.join() === '--check' ? undefined : words[0];
  let places = command.syntax.includes('..]') ? Number.POSITIVE_INFINITY : Object.keys(command.positionals).length;
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    if (!word.startsWith('--')) {
      if (--places < 0) return `unexpected '${word}'`;
      continue;
    }
    const [option = '', value] = word.slice(2).split('=');
    if (option === 'help') continue;
    const found = command.options[option];
    if (found === undefined) return `unknown --${option}`;
    if (found.type !== 'boolean' && value === undefined && words[++index] === undefined)
      return `--${option} lacks its value`;
  }
  return undefined;
}

const lines = [...new Set(pages().flatMap(({ text }) => commandLines(text)))].filter((line) => !line.includes('run <'));

/** A placeholder in angle brackets is one word; what stands in square brackets, and an ellipsis, is none. */
const withoutPlaceholders = (line: string): string =>
  line
    .replace(/\[.*?\]/g, '')
    .replace(/<[^>]*>/g, 'placeholder')
    .replace(/ …/g, '');

it.each(lines)('%s', (line) => {
  expect(faultOf(withoutPlaceholders(line))).toBeUndefined();
});

const experiments = lines.filter((line) => /^npm run exp -- (?![./])[^<…]+$/.test(line));

// Those that need no queue, no job and no search in the store.
it.each(experiments.filter((line) => !/--queue|--gather|--print|--tuned/.test(line)))('%s plans', async (line) => {
  const store = mkdtempSync(join(tmpdir(), 'modebench-docs-'));
  const told = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  onTestFinished(() => {
    told.mockRestore();
    rmSync(store, { recursive: true, force: true });
  });
  const words = (splitWords(line) ?? []).slice(4);
  const own = words.includes('--store') ? [] : ['--store', store];
  expect(await main(['exp', ...words, '--dry-run', ...own], root)).toBe(0);
});

const noPython = spawnSync('python3', ['--version']).status === 0 ? '' : ' (skipped: python3 is not installed)';

it.skipIf(noPython)(`Python examples are Python${noPython}`, () => {
  const examples = pages().flatMap(({ text }) => fenced(text, 'python'));
  const parse = 'import ast, json, sys\nfor code in json.load(sys.stdin): ast.parse(code)';
  const { stderr } = spawnSync('python3', ['-c', parse], { input: JSON.stringify(examples), encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(examples.length).toBeGreaterThan(3);
});

describe('TypeScript examples', () => {
  const folder = join(root, '.cache/docs-examples');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('compile', () => {
    mkdirSync(folder, { recursive: true });
    const examples = pages()
      .filter(({ text }) => !text.startsWith(notice)) // signatures, parts of docstrings
      .flatMap(({ file, text }) => fenced(text, 'ts').map((code, index) => [`${file}-${index}`, code] as const));
    for (const [name, code] of examples) writeFileSync(join(folder, `${name.replaceAll(/[/.]/g, '-')}.ts`), code);
    const settings = { extends: '../../tsconfig.json', include: ['*.ts'] };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(settings));
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    expect(spawnSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' }).stdout).toBe('');
    expect(examples.length).toBeGreaterThan(2);
  }, 60_000);
});
