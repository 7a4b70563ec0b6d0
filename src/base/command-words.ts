/**
 * Says how commands are typed here. Texts name them as a checkout's npm scripts, `npm run exp -- grid25`; in a package or an
 * archive, `asTyped` makes `npx modebench exp grid25` of them. Whatever leaves the program goes through it: what is printed, and
 * the pages that are written.
 */

let words: string | undefined;

/** Commands are typed with these words before them from now on, `npx modebench`; `undefined`: as npm scripts. */
export function typeCommandsAs(typed: string | undefined): void {
  words = typed;
}

/** A command by npm, and the `--` after it that nothing else needs. */
const byNpm = /npm run (?:-s )?([a-z]+|<command>)(?: --(?=\s|$|[<"'`]))?/gm;

export const asTyped = (text: string): string =>
  words === undefined ? text : text.replaceAll(byNpm, (_, command) => `${words} ${command}`);
