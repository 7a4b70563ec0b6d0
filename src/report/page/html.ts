/** Escapes HTML unless it was made here: texts from stores and authors can never become markup. */
import { plainText } from '../../base/one-line.ts';
export interface Html {
  readonly html: string;
}

type Part = Html | string | number | false | undefined | readonly Part[];

/** A template whose values are escaped, but for those that are HTML already; lists are joined, `false` and nothing vanish. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { html: texts.reduce((sum, text, index) => sum + render(parts[index - 1]) + text) };
}

function render(part: Part): string {
  if (part === undefined || part === false) return '';
  if (typeof part === 'string') return escapeHtml(part);
  if (typeof part === 'number') return String(part);
  if (isList(part)) return part.map(render).join('');
  return part.html;
}

const isList = (part: Html | readonly Part[]): part is readonly Part[] => Array.isArray(part);

/** Text for elements and for quoted attributes. */
export function escapeHtml(text: string): string {
  return plainText(text).replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}

/** Our own code or style, put in as it is. Throws where it would end its element early. */
export function verbatim(code: string): Html {
  if (/<\/(script|style)/i.test(code)) throw new Error('internal: inlined code holds an end tag');
  return { html: code };
}

/** JSON for a script element: no text inside can end the element or open a comment. */
export function jsonScript(id: string, value: unknown): Html {
  const json = JSON.stringify(value).replace(/[<>\u2028\u2029]/g, (letter) => `\\u${hex(letter)}`);
  return { html: `<script type="application/json" id="${escapeHtml(id)}">${json}</script>` };
}

const hex = (letter: string): string => letter.charCodeAt(0).toString(16).padStart(4, '0');
