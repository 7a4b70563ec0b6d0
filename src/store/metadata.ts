/**
 * experiment.json of an experiment's folder in the store: what its author says of it, as it was at the last run. It lets
 * reports be made from the store alone, also of experiments that are no part of the project.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { issueLine } from '../base/format-issue.ts';
import { isMissing, makeFolder, writeWhole } from '../disk/files.ts';
import { sealedJson, unsealed } from '../disk/sealed-json.ts';
import { type Expectations, expectationSchema } from '../schema/expectation.ts';

const schema = z.strictObject({
  claim: z.string(),
  source: z.string(),
  expects: z.record(z.string(), z.record(z.string(), expectationSchema)),
  deviations: z.array(z.string()),
});
type AboutFields = z.infer<typeof schema>;

/** What an experiment's author says of it. */
export type About = Readonly<Omit<AboutFields, 'expects' | 'deviations'>> & {
  /** Final values that the claim implies, by method and metric. */
  readonly expects: Expectations;
  readonly deviations: readonly string[];
};

/** An author's fields, or an experiment's, with nothing left out. */
export function aboutOf(author: {
  readonly claim: string;
  readonly source: string;
  readonly expects?: Readonly<Record<string, Expectations[string] | undefined>> | undefined;
  readonly deviations?: readonly string[] | undefined;
}): About {
  const { claim, source, expects = {}, deviations = [] } = author;
  const named = Object.entries(expects).flatMap(([method, values]) => (values ? [[method, values] as const] : []));
  return { claim, source, expects: Object.fromEntries(named), deviations };
}

/** Writes it into `folder`, which is made where it is missing. */
export async function writeAbout(folder: string, about: About): Promise<void> {
  await makeFolder(folder);
  await writeWhole(join(folder, 'experiment.json'), sealedJson(about));
}

/** What lies in `folder`; `undefined` where nothing does. Throws an error of one line for a file that is broken. */
export function readAbout(folder: string): About | undefined {
  const path = join(folder, 'experiment.json');
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Error(`${path}: ${text.trim() === '' ? 'empty' : 'not JSON (cut short?)'}`);
  }
  const { value, damage } = unsealed(json, text);
  const parsed = schema.safeParse(value, { reportInput: true });
  if (!parsed.success) throw new Error(`${path}: ${issueLine(parsed.error)}`);
  if (damage !== undefined) throw new Error(`${path}: ${damage}; the next npm run exp makes it again`);
  return parsed.data as About; // the schema lets exactly one bound through, which its type cannot say
}
