/** Counts files that were skipped, and names the first of them. */
import { countText } from '../../base/number-words.ts';
import { inLine } from '../../base/one-line.ts';

const named = 10;

export class SkippedFiles {
  readonly #first: string[] = [];
  #count = 0;

  get count(): number {
    return this.#count;
  }

  add(name: string, why: string): void {
    this.#count++;
    if (this.#first.length < named) this.#first.push(`${inLine(name, 100)} (${inLine(why, 100)})`);
  }

  /** `skipped 12 files: a.jpg (not a picture), …, and 2 more`; `undefined` where none was. */
  text(): string | undefined {
    if (this.#count === 0) return undefined;
    const more = this.#count > named ? `, and ${countText(this.#count - named)} more` : '';
    return `skipped ${countText(this.#count)} file${this.#count === 1 ? '' : 's'}: ${this.#first.join(', ')}${more}`;
  }
}
