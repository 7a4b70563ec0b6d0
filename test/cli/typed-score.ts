import { vi } from 'vitest';
import { runScore } from '../../src/cli/score.ts';
import type { ScoreArguments } from '../../src/cli/score-options.ts';
import { projectRoot } from './run-cli.ts';

/** Runs `score` in the test's process and returns its exit code and what it wrote on stdout. */
export async function typed(given: ScoreArguments): Promise<{ code: number; said: string }> {
  const lines: string[] = [];
  const log = vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
  const error = vi.spyOn(console, 'error').mockImplementation(() => {});
  try {
    return { code: await runScore(given, projectRoot), said: lines.join('\n') };
  } finally {
    log.mockRestore();
    error.mockRestore();
  }
}
