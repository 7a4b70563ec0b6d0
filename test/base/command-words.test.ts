/** Commands are named as they are typed where the program lies: in what is printed and in pages. */
import { afterEach, expect, it } from 'vitest';
import { asTyped, typeCommandsAs } from '../../src/base/command-words.ts';
import { documentOf } from '../../src/report/page/document.ts';
import { html } from '../../src/report/page/html.ts';

afterEach(() => typeCommandsAs(undefined));

it('as npm scripts in a checkout', () => {
  expect(asTyped('npm run exp -- grid25 --seeds 5')).toBe('npm run exp -- grid25 --seeds 5');
});

it.each([
  ['npm run exp -- grid25', 'npx modebench exp grid25'],
  ['type npm run list, or npm run data -- --list', 'type npx modebench list, or npx modebench data --list'],
  ['npm run -s exp -- a | sbatch', 'npx modebench exp a | sbatch'],
  ['npm run <command> -- [options]', 'npx modebench <command> [options]'],
  ['npm run exp --', 'npx modebench exp'],
  ['npm run report', 'npx modebench report'],
])('with npx where the package is installed: %s', (text, typed) => {
  typeCommandsAs('npx modebench');
  expect(asTyped(text)).toBe(typed);
});

it('in every part of a page, but not in its scripts', () => {
  typeCommandsAs('npx modebench');
  const command = html`<code>npm run exp -- ring8</code>`;
  const page = documentOf({
    ...{ title: 't', eyebrow: 'e', heading: html`h`, lead: command, footer: command, style: '' },
    sections: [{ id: 's', title: 'S', body: command }],
    scripts: ["'npm run exp'"],
  });
  expect(page.match(/<code>npx modebench exp ring8<\/code>/g)).toHaveLength(3);
  expect(page).toContain("<script>'npm run exp'</script>");
});
