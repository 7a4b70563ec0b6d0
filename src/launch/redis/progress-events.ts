/** What a worker tells of the trial that it has, on its way through Redis. NaN (not defined) travels as null. */
import { z } from 'zod';
import { inLine } from '../../base/format-issue.ts';
import type { Progress } from '../../trial/run-trial.ts';

/** Shown as it is: nothing in it breaks a line or speaks to the terminal. */
const line = z
  .string()
  .max(1000)
  .transform((text) => inLine(text, 1000));
const newsSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('progress'),
    step: z.number(),
    steps: z.number(),
    stepsPerSecond: z.number().nullable(),
    metrics: z.record(z.string().max(100), z.number().nullable()),
  }),
  /** The process died; the worker tries once more. */
  z.strictObject({ kind: z.literal('died'), reason: line }),
  /** The worker cannot take this trial, says why, and ends. */
  z.strictObject({ kind: z.literal('refused'), host: line, reason: line }),
]);
export type News = z.infer<typeof newsSchema>;

/** News as the other side reads it. */
export type ReadNews =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | Exclude<News, { readonly kind: 'progress' }>;

export const progressNews = ({ step, steps, stepsPerSecond, metrics }: Progress): News => ({
  kind: 'progress',
  ...{ step, steps, metrics, stepsPerSecond },
});
export const diedNews = (reason: string): News => ({ kind: 'died', reason: reason.slice(0, 1000) });
export const refusedNews = (host: string, reason: string): News => ({
  kind: 'refused',
  ...{ host, reason: reason.slice(0, 1000) },
});

/** `undefined` for what is no news of ours. */
export function readNews(data: unknown): ReadNews | undefined {
  const parsed = newsSchema.safeParse(data);
  if (!parsed.success) return undefined;
  const news = parsed.data;
  if (news.kind !== 'progress') return news;
  const { step, steps, stepsPerSecond, metrics } = news;
  const values = Object.entries(metrics).map(([name, value]) => [name, value ?? Number.NaN] as const);
  return {
    kind: 'progress',
    progress: { step, steps, stepsPerSecond: stepsPerSecond ?? Number.NaN, metrics: Object.fromEntries(values) },
  };
}
