/**
 * docs/api.md: what the package exports, with its docstrings, read through the compiler's own interface. TypeDoc needs a
 * compiler older than TypeScript 7, which would be a second one.
 */
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { isArrowFunction, isFunctionDeclaration, isVariableDeclaration } from 'typescript/unstable/ast/is';
import {
  API,
  type Checker,
  type Project,
  type Signature,
  SignatureKind,
  SymbolFlags,
  type Symbol as TsSymbol,
} from 'typescript/unstable/sync';
import { isCard } from '../catalogue.ts';
import { notice, page } from '../markdown.ts';

export function apiPage(root: string): string {
  const api = new API({ cwd: root });
  try {
    const [project] = api.updateSnapshot({ openProject: join(root, 'tsconfig.json') }).getProjects();
    if (project === undefined) throw new Error('internal: the compiler opened no project');
    return page(
      notice,
      '# API',
      intro,
      ...entriesOf(root).flatMap(([name, file]) => entryBlocks(root, project, name, file)),
    );
  } finally {
    api.close();
  }
}

const intro = `What a file of your own may import. Everything here is typed, so an editor completes it. [Extending](extending.md)
has examples. The functions that make data, priors, networks and optimisers are on the page [kinds](kinds.md), those that make metrics on the
page [metrics](metrics.md). \`z\` is [zod](https://zod.dev), for the settings of your own kinds.`;

/** Names that a file may import, and the sources behind them. */
function entriesOf(root: string): readonly (readonly [name: string, file: string])[] {
  const { name, exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return Object.entries<string>(exports)
    .filter(([entry, file]) => file.endsWith('.ts') && !entry.includes('*'))
    .map(([entry, file]) => [entry.replace('.', name), file.replace('./', '')]);
}

/** What an entry exports: under its own name there, declared perhaps under another. */
interface Export {
  readonly name: string;
  readonly symbol: TsSymbol;
}

function entryBlocks(root: string, project: Project, entry: string, file: string): string[] {
  const { checker, program } = project;
  const source = program.getSourceFile(join(root, file));
  const module = source && checker.getSymbolAtLocation(source);
  if (module === undefined) throw new Error(`internal: ${file} is no module`);
  const exported = checker
    .getExportsOfModule(module)
    .filter(({ name }) => !isCard(name) && name !== 'z')
    .map((symbol): Export => ({ name: symbol.name, symbol: original(checker, symbol) }));
  const functions = exported.filter(({ symbol }) => callOf(checker, symbol) !== undefined);
  const types = exported.filter(({ symbol }) => !isValue(symbol));
  const groups: readonly (readonly [title: string, members: readonly Export[]])[] = [
    ['Functions', functions],
    ['Values', exported.filter((one) => !functions.includes(one) && !types.includes(one))],
    ['Types', types],
    ['Types that the functions take', typesOf(root, project, functions, types)],
  ];
  return [
    `## ${entry}`,
    ...groups
      .filter(([, members]) => members.length > 0)
      .flatMap(([title, members]) => [`### ${title}`, ...members.map((one) => exportBlock(root, project, one))]),
  ];
}

const original = (checker: Checker, symbol: TsSymbol): TsSymbol =>
  symbol.flags & SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;

const isValue = (symbol: TsSymbol): boolean => (symbol.flags & SymbolFlags.Value) !== 0;

function callOf(checker: Checker, symbol: TsSymbol): Signature | undefined {
  const type = isValue(symbol) ? checker.getTypeOfSymbol(symbol) : undefined;
  return type && checker.getSignaturesOfType(type, SignatureKind.Call)[0];
}

/** The project's own types that the parameters name, and those that these name in turn; the exported ones left out. */
function typesOf(root: string, project: Project, functions: readonly Export[], known: readonly Export[]): Export[] {
  const found = new Map<number, Export>();
  const waiting = functions.flatMap(({ symbol }) => namedIn(root, project, symbol, parametersText(project, symbol)));
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const { symbol } = next;
    if (found.has(symbol.id) || known.some((one) => one.symbol.id === symbol.id)) continue;
    found.set(symbol.id, next);
    waiting.push(...namedIn(root, project, symbol, declarationText(project, symbol)));
  }
  return [...found.values()];
}

/** The types of the project that a text names, seen from where a symbol is declared. */
function namedIn(root: string, project: Project, symbol: TsSymbol, text: string): Export[] {
  const { checker } = project;
  const place = symbol.declarations[0]?.resolve(project);
  const names = new Set(withoutComments(text).match(/\b[A-Z]\w+/g) ?? []);
  return [...names].flatMap((name) => {
    const local = checker.resolveName(name, SymbolFlags.Type, place);
    const target = local && original(checker, local);
    const path = target?.declarations[0]?.path;
    const isOwn = path?.startsWith(join(root, 'src/')) && !(target && target.flags & SymbolFlags.TypeParameter);
    return target && isOwn ? [{ name, symbol: target }] : [];
  });
}

const withoutComments = (text: string): string => text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');

/** `fields: MethodFields<Name, Sections>`: the parameters of a function as they are declared; '' for whatever is no function. */
function parametersText(project: Project, symbol: TsSymbol): string {
  const [handle] = symbol.declarations;
  const node = handle?.resolve(project);
  const source = handle && project.program.getSourceFile(handle.path);
  const made = node && isVariableDeclaration(node) ? node.initializer : node;
  if (source === undefined || made === undefined || !(isFunctionDeclaration(made) || isArrowFunction(made))) return '';
  const { pos, end } = made.parameters;
  return source.text.slice(pos, end).trim().replace(/,$/, '');
}

function exportBlock(root: string, project: Project, { name, symbol }: Export): string {
  const { checker } = project;
  const call = callOf(checker, symbol);
  const code = call
    ? callText(name, parametersText(project, symbol))
    : isValue(symbol)
      ? ''
      : declarationText(project, symbol);
  const where = relative(root, symbol.declarations[0]?.path ?? root);
  return page(
    `#### ${name}`,
    checker.getDocumentationCommentOfSymbol(symbol),
    ...checker.getJsDocTagsOfSymbol(symbol).map(({ name: tag, text }) => `*${tag}*: ${text ?? ''}`),
    code === '' ? valueText(where) : `\`\`\`ts\n${code}\n\`\`\``,
  ).trimEnd();
}

/** An interface or a type as it is declared, with the comments of its fields. */
function declarationText(project: Project, symbol: TsSymbol): string {
  const [handle] = symbol.declarations;
  const node = handle?.resolve(project);
  const source = handle && project.program.getSourceFile(handle.path);
  if (node === undefined || source === undefined) throw new Error(`internal: ${symbol.name} is declared nowhere`);
  return source.text
    .slice(node.pos, node.end)
    .replace(/^export /m, '')
    .replace(/^\s*\/\*\*[\s\S]*?\*\/\s*/, '')
    .trim();
}

/** Where a value stands: a file of the project, or a package. */
function valueText(where: string): string {
  const [, name] = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(where) ?? [];
  return name === undefined ? `Value: [${where}](../${where})` : `From the package \`${name}\`.`;
}

/** `scorer(model: string)`; parameters that stand on several lines keep theirs. */
const callText = (name: string, parameters: string): string =>
  parameters.includes('\n') ? `${name}(\n  ${parameters},\n)` : `${name}(${parameters})`;
