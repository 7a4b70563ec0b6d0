/** Styles text for a stream that shows colours, and leaves it plain for one that does not. */
import { styleText } from 'node:util';

export interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly green: (text: string) => string;
  readonly red: (text: string) => string;
}

/** Follows NO_COLOR (no-color.org) and `TERM=dumb`. */
export function paintFor(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv): Paint {
  const coloured = stream.isTTY && !env.NO_COLOR && env.TERM !== 'dumb';
  const style = (format: keyof Paint) => (text: string) =>
    coloured ? styleText(format, text, { validateStream: false }) : text; // the stream was asked above
  return { bold: style('bold'), dim: style('dim'), green: style('green'), red: style('red') };
}
