/** A word of a command line, with PASSWORD where a URL in it has one. */
export function hidePassword(word: string): string {
  return word.replace(/([a-z][a-z0-9+.-]*:\/\/)(?:([^:@/\s]*):)?\S*@/i, '$1$2:PASSWORD@');
}
