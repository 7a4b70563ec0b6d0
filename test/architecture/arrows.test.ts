/** Holds the arrows between the folders of src, and what each folder may know of the world outside. */
import { describe, expect, it } from 'vitest';
import { circles, folderOf, reachOf, readTree, type SourceFile, sourceFile } from './imports.ts';

/** A folder imports folders that stand before it; types count too. */
const order = [
  ...['base', 'disk', 'schema', 'pictures', 'engine', 'priors', 'datasets', 'optimisers', 'nets', 'methods', 'metrics'],
  ...[
    'catalogue',
    'scorers',
    'store',
    'experiment',
    'trial',
    'launch',
    'summary',
    'report',
    'view',
    'inspect',
    'modebench.ts',
    'cli',
  ],
];

/** Of these folders, the only ones that they import. */
const narrow: Readonly<Record<string, readonly string[]>> = {
  engine: ['base'],
  optimisers: ['base', 'schema'],
  // What was measured is read, grouped and shown without anything that trains or resolves an experiment.
  summary: ['base', 'disk', 'schema', 'datasets', 'methods', 'metrics', 'catalogue', 'store'],
  report: [
    'base',
    'disk',
    'schema',
    'pictures',
    'priors',
    'datasets',
    'methods',
    'metrics',
    'catalogue',
    'store',
    'summary',
  ],
};

/** Who imports these packages; a file stands for itself. */
const owners: Readonly<Record<string, readonly string[]>> = {
  yargs: ['cli'],
  'cli-table3': ['cli'],
  '@tensorflow/tfjs-core': ['engine', 'optimisers', 'nets', 'methods', 'scorers', 'trial', 'inspect'],
  '@tensorflow/tfjs-backend-cpu': ['engine'],
  '@tensorflow/tfjs-layers': ['engine'],
  '@tensorflow/tfjs-backend-wasm': ['engine'],
  '@tensorflow/tfjs-node-gpu': ['engine'],
  'onnxruntime-node': ['engine', 'scorers', 'inspect'],
  '@bufbuild/protobuf': ['base', 'engine'],
  'hyparquet-writer': ['inspect'],
  koffi: ['engine'],
  bullmq: ['launch'],
  ioredis: ['launch'],
  seedrandom: ['base'],
  'csv-parse': ['disk'],
  'csv-stringify': ['disk'],
  vega: ['report'],
  'vega-interpreter': ['report'],
  'vega-lite': ['report', 'inspect'],
  '@resvg/resvg-js': ['datasets', 'report'],
  preact: ['view'],
  '@preact/signals': ['view'],
  sharp: ['pictures', 'datasets', 'report', 'inspect'],
  yauzl: ['datasets'],
};

/** Loading a file of these folders loads no tensors: commands that show what is there answer at once. */
const light = ['base', 'disk', 'schema', 'store', 'experiment', 'summary', 'report'];
const heavy = [
  '@tensorflow/tfjs-core',
  '@tensorflow/tfjs-backend-cpu',
  '@tensorflow/tfjs-backend-wasm',
  'onnxruntime-node',
];

/** Arrows between folders that are against the rules and are to go. */
const exceptions: readonly string[] = [];

const files = readTree('src');

describe('the arrows between the folders of src', () => {
  it('every folder has a place in the order', () => {
    expect([...new Set(files.map(({ path }) => folderOf(path)))].sort()).toEqual([...order].sort());
  });

  it('point to folders before, and to those that are allowed', () => {
    const arrows = wrongArrows(files).filter(
      (arrow) => !exceptions.includes(arrow.split(' → ').map(folderOf).join(' → ')),
    );
    expect(arrows).toEqual([]);
  });

  it('make no circle of files, whether at run time or by types', () => {
    expect(circles(files)).toEqual([]);
  });

  it('go one way between folders that stand beside each other, at any depth', () => {
    expect(mutualSiblings(files)).toEqual([]);
  });

  it('reach packages from the folders that own them alone', () => {
    expect(
      files.flatMap(({ path, packages }) =>
        packages.flatMap(({ to }) => ((owners[to]?.includes(folderOf(path)) ?? true) ? [] : [`${path} → ${to}`])),
      ),
    ).toEqual([]);
  });

  it('load no tensors where nothing is computed', () => {
    const found = files
      .filter(({ path }) => light.includes(folderOf(path)))
      .flatMap(({ path }) => {
        const reached = reachOf(files, path, ({ kind }) => kind === 'value');
        return heavy.filter((name) => reached.has(name)).map((name) => `${path} → ${name}`);
      });
    expect(found).toEqual([]);
  });

  it('read files by way of disk, which refuses what is none', () => {
    const reads = /\b(readFile|readFileSync|createReadStream)\b/;
    const found = files.filter(({ path, text }) => folderOf(path) !== 'disk' && reads.test(text));
    // A folder or a zip of pictures says what each of its names is.
    expect(found.map(({ path }) => path).filter((path) => path !== 'datasets/readers/picture-files.ts')).toEqual([]);
  });

  it('leave the terminal to the command line', () => {
    const speaks = /\bprocess\.(stdout|stderr)\b|\bconsole\.\w+\(/;
    /** The script of the page speaks to the browser's console; a worker passes on what a library wrote, when debugged. */
    const allowed = ['report/page/client/chart.ts', 'launch/local/worker-process.ts'];
    const found = files.filter(({ path, text }) => folderOf(path) !== 'cli' && speaks.test(text));
    expect(found.map(({ path }) => path).filter((path) => !allowed.includes(path))).toEqual([]);
    // Through one function, which takes out what would colour the terminal or move its cursor.
    const prints = files.filter(({ path, text }) => folderOf(path) === 'cli' && /\bconsole\.\w+\(/.test(text));
    expect(prints.map(({ path }) => path)).toEqual(['cli/print.ts']);
  });
});

function wrongArrows(tree: readonly SourceFile[]): string[] {
  return tree.flatMap(({ path, files: imported }) =>
    imported.flatMap(({ to }) => {
      const [from, into] = [folderOf(path), folderOf(to)];
      if (from === into) return [];
      const isBefore = order.indexOf(into) < order.indexOf(from);
      return isBefore && (narrow[from]?.includes(into) ?? true) ? [] : [`${path} → ${to}`];
    }),
  );
}

/** Pairs of sibling folders that import each other, each as `a ↔ b`. */
function mutualSiblings(tree: readonly SourceFile[]): string[] {
  const arrows = new Set(
    tree.flatMap(({ path, files: imported }) => imported.map(({ to }) => siblingsOf(path, to).join(' → '))),
  );
  return [...arrows].flatMap((arrow) => {
    const [from = '', into = ''] = arrow.split(' → ');
    return from < into && arrows.has(`${into} → ${from}`) ? [`${from} ↔ ${into}`] : [];
  });
}

/** The folders in which two paths part; none where a file stands there instead. */
function siblingsOf(path: string, other: string): string[] {
  const [a, b] = [path.split('/'), other.split('/')];
  const at = a.findIndex((name, index) => name !== b[index]);
  return at < a.length - 1 && at < b.length - 1 ? [a, b].map((parts) => parts.slice(0, at + 1).join('/')) : [];
}

describe('the check itself', () => {
  it('reads every form of import', () => {
    const text = [
      "import { a } from './a.ts';",
      "import type { B } from '../disk/b.ts';",
      "import tf, {\n  type Tensor,\n} from '@tensorflow/tfjs-core/dist/index.js';",
      "export { c } from '../disk/c.ts';",
      "import './d.ts';",
      "const lazy = () => import('./e.ts');",
      " * import { not } from './a-comment.ts';",
    ].join('\n');
    expect(sourceFile('base/x.ts', text)).toMatchObject({
      files: [
        { to: 'base/a.ts', kind: 'value' },
        { to: 'disk/b.ts', kind: 'type' },
        { to: 'disk/c.ts', kind: 'value' },
        { to: 'base/d.ts', kind: 'value' },
        { to: 'base/e.ts', kind: 'lazy' },
      ],
      packages: [{ to: '@tensorflow/tfjs-core', kind: 'value' }],
    });
  });

  it('finds circles by way of others, wrong arrows, and what loading loads', () => {
    const tree = [
      sourceFile('base/a.ts', "import { b } from './b.ts';"),
      sourceFile('base/b.ts', "import type { C } from '../disk/c.ts';"),
      sourceFile('disk/c.ts', "import { a } from '../base/a.ts';\nexport const load = () => import('sharp');"),
      sourceFile('engine/d.ts', "import { c } from '../disk/c.ts';"),
    ];
    expect(circles(tree)).toEqual([['base/a.ts', 'base/b.ts', 'disk/c.ts']]);
    expect(wrongArrows(tree)).toEqual(['base/b.ts → disk/c.ts', 'engine/d.ts → disk/c.ts']);
    expect(mutualSiblings(tree)).toEqual(['base ↔ disk']);
    const nested = [
      sourceFile('base/x/a.ts', "import { b } from '../y/b.ts';\nimport { c } from '../c.ts';"),
      sourceFile('base/y/b.ts', "import type { A } from '../x/a.ts';"),
      sourceFile('base/c.ts', "import { a } from './x/a.ts';"),
    ];
    expect(mutualSiblings(nested)).toEqual(['base/x ↔ base/y']);
    expect([...reachOf(tree, 'engine/d.ts', ({ kind }) => kind === 'value')]).toEqual([
      'disk/c.ts',
      'base/a.ts',
      'base/b.ts',
    ]);
  });
});
