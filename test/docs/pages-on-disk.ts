/** The documentation as it lies on disk: its pages, their code blocks, commands and links. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');

export interface Page {
  /** From the root. */
  readonly file: string;
  readonly text: string;
}

/** Every page that a reader may open, README first. */
export function pages(): readonly Page[] {
  const docs = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.md'),
  );
  const own = [
    'README.md',
    'CONTRIBUTING.md',
    'CHANGELOG.md',
    'data/README.md',
    'results/README.md',
    'reports/README.md',
  ];
  return [...own, ...docs.sort().map((file) => `docs/${file}`)].map((file) => ({
    file,
    text: readFileSync(join(root, file), 'utf8'),
  }));
}

/** The contents of the fenced blocks in this language. */
export const fenced = (text: string, language: string): readonly string[] =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, code = '']) => code);

/** The block that the reader is told to save under this name. */
export function savedAs(text: string, name: string): string {
  const [, after = ''] = text.split(new RegExp(`[Ss]ave (?:this|it) as \`${name}\``));
  const [code] = fenced(after, 'ts');
  if (code === undefined) throw new Error(`the page has no block for ${name}`);
  return code;
}

/** Command lines: `npm run …` in indented blocks and in backticks, without what follows a comment or a shell operator. */
export function commandLines(text: string): readonly string[] {
  const indented = [...text.matchAll(/^ {4}(?:.*&& )?(npm run .*)$/gm)];
  const inline = [...text.matchAll(/`(npm run [^`]*)`/g)];
  return [...indented, ...inline].map(([, line = '']) => line.replace(/\s+#.*$/, '').trim());
}

/** Targets of Markdown links and pictures, without those on the web. */
export const linkTargets = (text: string): readonly string[] =>
  [...text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target));

/** The anchors of a page's headings, as GitHub makes them. */
export const anchors = (text: string): readonly string[] =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\- ]/gu, '')
      .replaceAll(' ', '-'),
  );
