/**
 * The length of a test. `npm test` proves everything in a short form; `npm run test:long` (MODEBENCH_LONG=1) proves at full size
 * what takes minutes there.
 */
export const isLong = Boolean(process.env.MODEBENCH_LONG);

export const sized = <T>(short: T, full: T): T => (isLong ? full : short);
