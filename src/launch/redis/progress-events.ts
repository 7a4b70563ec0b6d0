/** Encodes and reads the progress events that a worker reports through Redis. NaN (not defined) travels as null. */
import { z } from 'zod';
import { inLine } from '../../base/one-line.ts';
import type { Progress } from '../../trial/run-trial.ts';

/** Shown as it is: nothing in it breaks a line or speaks to the terminal. */
const line = z
  .string()
  .max(1000)
  .transform((text) => inLine(text, 1000));
const eventSchema = z.discriminatedUnion('kind', [
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
export type ProgressEvent = z.infer<typeof eventSchema>;

/** An event as the other side reads it. */
export type ReceivedEvent =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | Exclude<ProgressEvent, { readonly kind: 'progress' }>;

export const progressEvent = ({ step, steps, stepsPerSecond, metrics }: Progress): ProgressEvent => ({
  kind: 'progress',
  ...{ step, steps, metrics, stepsPerSecond },
});
export const diedEvent = (reason: string): ProgressEvent => ({ kind: 'died', reason: reason.slice(0, 1000) });
export const refusedEvent = (host: string, reason: string): ProgressEvent => ({
  kind: 'refused',
  ...{ host, reason: reason.slice(0, 1000) },
});

/** `undefined` for what is no event of ours. */
export function readEvent(data: unknown): ReceivedEvent | undefined {
  const parsed = eventSchema.safeParse(data);
  if (!parsed.success) return undefined;
  const event = parsed.data;
  if (event.kind !== 'progress') return event;
  const { step, steps, stepsPerSecond, metrics } = event;
  const values = Object.entries(metrics).map(([name, value]) => [name, value ?? Number.NaN] as const);
  return {
    kind: 'progress',
    progress: { step, steps, stepsPerSecond: stepsPerSecond ?? Number.NaN, metrics: Object.fromEntries(values) },
  };
}
