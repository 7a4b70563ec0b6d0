/** docs/methods: a page for each method (equations, source, settings, deviations) from its card and its docstring. */
import { methodsByFamily } from '../../../src/methods/method.ts';
import { type MethodDocs, methodDocs } from '../catalogue.ts';
import { notice, numbered, page, sentence, table } from '../markdown.ts';

/** Paths under docs/methods and their text. */
export function methodPages(root: string): ReadonlyMap<string, string> {
  const methods = methodDocs(root);
  return new Map([
    ['README.md', overview(methods)],
    ...methods.map((method) => [`${method.name}.md`, methodPage(method)] as const),
  ]);
}

const overview = (methods: readonly MethodDocs[]): string =>
  page(
    notice,
    '# Methods',
    ...methodsByFamily(methods).flatMap(({ family, words, cards }) => [
      `## \`${family}\`: ${words}`,
      table(
        ['method', 'what it is', 'networks', 'source'],
        cards.map(({ name, description, networks, source }) => [
          `[\`${name}\`](${name}.md)`,
          description,
          networks.join(', '),
          source,
        ]),
      ),
    ]),
    '## How they are chosen',
    `An experiment chooses methods by name, with settings of its own: \`methods: ['bigan', { name: 'bigan-pgp', penalty: { weight: 0.3 } }]\`.
On the command line: \`--methods bigan,bigan-pgp\` and \`--set penalty.weight=0.3\`. \`--methods\` takes families too, and \`all\`; a method that
the experiment does not declare runs there with the settings of its page, those of \`special\` excepted.`,
  );

function methodPage({ name, description, source, networks, settings, file, text }: MethodDocs): string {
  const { body, deviations } = split(text);
  return page(
    notice,
    `# ${name}`,
    sentence(description),
    `- Source: ${source}\n- Networks: ${['discriminator', ...networks].join(', ')}\n- Code: [${file}](../../${file})`,
    '## Losses',
    body,
    '## Defaults',
    table(
      ['setting', 'default'],
      settings.map(([path, value]) => [`\`${path}\``, `\`${value}\``]),
    ),
    'An experiment, a preset or `--set` may override each of them.',
    ...(deviations.length > 0 ? ['## Deviations from the source', numbered(deviations)] : []),
  );
}

/** `… Deviations: 1. one. 2. another.` → what stands before, and the numbered ones. */
function split(text: string): { body: string; deviations: readonly string[] } {
  const [body = '', listed] = text.split(/\n*^Deviations: /m);
  if (listed === undefined) return { body, deviations: [] };
  const joined = listed.replaceAll('\n', ' ');
  const deviations = joined.split(/(?:^|\s)\d+\. /).filter((part) => part !== '');
  return { body, deviations: deviations.map((part) => sentence(part.trim())) };
}
