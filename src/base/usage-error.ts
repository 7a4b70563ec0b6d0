/**
 * The error that a user can put right: the command line prints its message as one line, without a stack trace, and exits
 * with 2.
 */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
