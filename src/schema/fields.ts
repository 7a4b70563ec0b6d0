/** Number types of settings; the marks of settings that are newer than stored trials, and of those that say where a file lies. */
import { z } from 'zod';

/** A whole number from 1. */
export const count = z.int().positive();
export const positive = z.number().positive();
export const nonNegative = z.number().nonnegative();
/** A fraction in [0, 1). */
export const share = z.number().min(0).lt(1);
/** Factor from data units to what networks see; the same for all methods, undone for metrics. */
export const scale = positive.default(1);

/** Settings that came after trials without them had been stored, with their default. */
const later = z.registry<{ readonly absent: unknown }>();

/**
 * A setting that an older version did not have. While it has its default it stays out of the canonical form of a spec, so
 * that the hashes of trials that were stored without it stay what they were.
 */
export function addedLater<T extends z.ZodType>(schema: T, absent: z.output<T>): z.ZodDefault<T> {
  const field = schema.default(absent as z.core.util.NoUndefined<z.output<T>>); // a default is never undefined
  later.add(field, { absent });
  return field;
}

/** The default of a setting that was `addedLater`; `undefined` for all others. */
export const absentValue = (schema: z.core.$ZodType): unknown => later.get(schema as z.ZodType)?.absent;

/** Whether a setting is a whole number: such ones count parts of a program, others are factors in it. */
export function isWhole(schema: z.core.$ZodType): boolean {
  if (schema instanceof z.ZodDefault) return isWhole(schema.unwrap());
  return schema instanceof z.ZodNumber && schema.format === 'safeint';
}

/** Settings that say where something lies on this machine. */
const locations = z.registry<{ readonly isLocation: true }>();

/**
 * A path whose content another setting of the section knows by its hash: it is kept in specs, and stays out of what is hashed,
 * so that a trial is the same wherever its files lie.
 */
export function location<T extends z.ZodType>(schema: T): T {
  locations.add(schema, { isLocation: true });
  return schema;
}

export const isLocation = (schema: z.core.$ZodType): boolean => locations.has(schema as z.ZodType);
