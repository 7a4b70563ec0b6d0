/** Reads docstrings out of TypeScript sources as they are written, with the indentation that marks equations. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const docstring = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*export (?:async )?(?:const|function|interface|type) (\w+)/g;

/** The docstrings of a file's exports by their names, without stars, blank lines at the ends removed. */
export function docstringsOf(root: string, file: string): ReadonlyMap<string, string> {
  const source = readFileSync(join(root, file), 'utf8');
  return new Map([...source.matchAll(docstring)].map(([, comment = '', name = '']) => [name, withoutStars(comment)]));
}

function withoutStars(comment: string): string {
  const lines = comment.split('\n').map((line) => line.replace(/^\s*\* ?/, '').trimEnd());
  const text = lines.join('\n').replace(/^(\s*\n)+/, '');
  return lines.length > 1 ? text.trimEnd() : text.trim();
}
