/** Prints text: what others wrote in it neither colours the terminal nor moves its cursor. */
import { plainText } from '../base/one-line.ts';

/** On stdout. */
export const print = (text = ''): void => console.log(asTyped(plainText(text)));

/** On stderr: what is said beside the result. */
export const remark = (text: string): void => console.error(asTyped(plainText(text)));

let usesNpx = false;

/** Whether commands are typed with npx from now on, as in a folder where the package is installed. */
export function sayNpx(does: boolean): void {
  usesNpx = does;
}

/** Texts name commands as a checkout's npm scripts. This gives them as they are typed here. */
export const asTyped = (text: string): string =>
  usesNpx ? text.replaceAll(/npm run (?:-s )?([a-z]+|<command>)(?: --(?=\s|$))?/gm, 'npx modebench $1') : text;
