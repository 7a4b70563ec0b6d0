/** Prints text: what others wrote in it neither colours the terminal nor moves its cursor. */
import { asTyped } from '../base/command-words.ts';
import { plainText } from '../base/one-line.ts';

/** On stdout. */
export const print = (text = ''): void => console.log(asTyped(plainText(text)));

/** On stderr: what is said beside the result. */
export const remark = (text: string): void => console.error(asTyped(plainText(text)));
