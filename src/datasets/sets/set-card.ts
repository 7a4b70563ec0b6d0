/** What the card of a set of pictures says: description, source, options, and the plan that prepares it. */
import type { Plan, TypedOptions } from '../prepare/recipe.ts';
import type { SetOption } from './options.ts';

export interface SetCard {
  /** That of its folder too, unless the user names it. */
  readonly name: string;
  /** What it is, one line. */
  readonly description: string;
  /** What it needs before it can be prepared, or where its pictures come from where it needs nothing. */
  readonly needs: string;
  /** What to type after the name, with what the user has to fill in. */
  readonly typed: string;
  /** Whether it can be prepared without being told anything. */
  readonly byItself: boolean;
  /** Whether it is prepared under a name of the user's own (`--name`), so that there can be many of it. */
  readonly namedByUser: boolean;
  readonly options: Readonly<Record<string, SetOption>>;
  /** Checks what was typed and touches no file. Throws UsageError. */
  plan(typed: TypedOptions): Plan;
}

type Values<Options extends Readonly<Record<string, SetOption>>> = {
  readonly [Name in keyof Options]: ReturnType<Options[Name]['read']>;
};

/**
 * A set's card. `plan` gets the values of its options, defaults filled in, and what was typed of them; what it loads to do
 * the work (decoders, readers) it imports when the work begins.
 */
export function pictureSet<Options extends Readonly<Record<string, SetOption>>>(
  card: Omit<SetCard, 'namedByUser' | 'options' | 'plan'> & {
    readonly namedByUser?: boolean;
    readonly options: Options;
    plan(values: Values<Options>, typed: TypedOptions): Plan;
  },
): SetCard {
  const { options, plan } = card;
  return {
    namedByUser: false,
    ...card,
    plan(typed) {
      const values = {};
      // Read when the plan asks for them: it first refuses options that do not go together.
      for (const [name, { read }] of Object.entries(options))
        Object.defineProperty(values, name, { get: () => read(typed[name], name) });
      return plan(values as Values<Options>, typed); // it has a getter for each of them
    },
  };
}
