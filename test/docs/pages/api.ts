/**
 * docs/api.md: what the package exports, with its docstrings, read through the compiler's own interface. TypeDoc needs a
 * compiler older than TypeScript 7, which would be a second one.
 */
import { join, relative } from 'node:path';
import {
  API,
  type Checker,
  type Project,
  type Signature,
  SignatureKind,
  SymbolFlags,
  type Symbol as TsSymbol,
  type Type,
} from 'typescript/unstable/sync';
import { notice, page } from '../markdown.ts';

const entries = [
  ['modebench', 'src/modebench.ts'],
  ['modebench/penalty', 'src/methods/penalties.ts'],
] as const;

export function apiPage(root: string): string {
  const api = new API({ cwd: root });
  try {
    const [project] = api.updateSnapshot({ openProject: join(root, 'tsconfig.json') }).getProjects();
    if (project === undefined) throw new Error('internal: the compiler opened no project');
    return page(notice, '# API', intro, ...entries.flatMap(([name, file]) => entryBlocks(root, project, name, file)));
  } finally {
    api.close();
  }
}

const intro = `What a file of your own may import. Everything here is typed, so an editor completes it. [Your own kinds](extending.md) has
examples.`;

function entryBlocks(root: string, project: Project, name: string, file: string): string[] {
  const { checker, program } = project;
  const source = program.getSourceFile(join(root, file));
  const module = source && checker.getSymbolAtLocation(source);
  if (module === undefined) throw new Error(`internal: ${file} is no module`);
  const symbols = checker.getExportsOfModule(module).map((symbol) => original(checker, symbol));
  const groups: readonly (readonly [title: string, symbols: readonly TsSymbol[]])[] = [
    ['Functions', symbols.filter((symbol) => callOf(checker, symbol) !== undefined)],
    ['Shared settings', symbols.filter((symbol) => isValue(symbol) && callOf(checker, symbol) === undefined)],
    ['Types', symbols.filter((symbol) => !isValue(symbol))],
  ];
  return [
    `## ${name}`,
    ...groups
      .filter(([, members]) => members.length > 0)
      .flatMap(([title, members]) => [`### ${title}`, ...members.map((symbol) => symbolBlock(root, project, symbol))]),
  ];
}

const original = (checker: Checker, symbol: TsSymbol): TsSymbol =>
  symbol.flags & SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;

const isValue = (symbol: TsSymbol): boolean => (symbol.flags & SymbolFlags.Value) !== 0;

function callOf(checker: Checker, symbol: TsSymbol): Signature | undefined {
  const type = isValue(symbol) ? checker.getTypeOfSymbol(symbol) : undefined;
  return type && checker.getSignaturesOfType(type, SignatureKind.Call)[0];
}

function symbolBlock(root: string, project: Project, symbol: TsSymbol): string {
  const { checker } = project;
  const call = callOf(checker, symbol);
  const code = call
    ? signatureText(checker, symbol.name, call)
    : isValue(symbol)
      ? ''
      : declarationText(project, symbol);
  const where = relative(root, symbol.declarations[0]?.path ?? root);
  return page(
    `#### ${symbol.name}`,
    checker.getDocumentationCommentOfSymbol(symbol),
    ...checker.getJsDocTagsOfSymbol(symbol).map(({ name, text }) => `*${name}*: ${text ?? ''}`),
    code === '' ? `Value: [${where}](../${where})` : `\`\`\`ts\n${code}\n\`\`\``,
  ).trimEnd();
}

/** `uniform(fields: { dim: number; low: number; high: number })`. */
function signatureText(checker: Checker, name: string, call: Signature): string {
  const parameters = call.getParameters().map((parameter, index) => {
    const type = checker.getTypeOfSymbol(parameter);
    const shown = /^__\d/.test(parameter.name) ? `inputs${index}` : parameter.name;
    return `${shown}${parameter.flags & SymbolFlags.Optional ? '?' : ''}: ${type ? typeText(checker, type) : 'unknown'}`;
  });
  return `${name}(${parameters.join(', ')})`;
}

/** The type by its name where it has a short one, else its fields. */
function typeText(checker: Checker, type: Type): string {
  const text = checker.typeToString(type);
  const fields = checker.getPropertiesOfType(type);
  if (!text.startsWith('Fields<') && !text.startsWith('Data<')) return text;
  const lines = fields.map((field) => {
    const inner = checker.getTypeOfSymbol(field);
    return `  ${field.name}${field.flags & SymbolFlags.Optional ? '?' : ''}: ${inner ? checker.typeToString(inner).replace(' | undefined', '') : 'unknown'};`;
  });
  return ['{', ...lines, '}'].join('\n');
}

/** An interface or a type as it is declared, with the comments of its fields. */
function declarationText(project: Project, symbol: TsSymbol): string {
  const [handle] = symbol.declarations;
  const node = handle?.resolve(project);
  const source = handle && project.program.getSourceFile(handle.path);
  if (node === undefined || source === undefined) throw new Error(`internal: ${symbol.name} is declared nowhere`);
  return source.text
    .slice(node.pos, node.end)
    .replace(/^\s*\/\*\*[\s\S]*?\*\/\s*/, '')
    .trim();
}
