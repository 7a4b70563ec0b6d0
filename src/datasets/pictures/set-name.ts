/** The name of a prepared set of pictures, which is that of its folder and stands in experiments. */
import { z } from 'zod';

export const setName = z
  .string()
  .max(100)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "expected a data set's name: small letters, digits and dashes");

export const isSetName = (text: string): boolean => setName.safeParse(text).success;
