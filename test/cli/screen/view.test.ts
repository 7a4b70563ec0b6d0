/** The live view on a terminal that is made up: what it writes, byte for byte. */
import { describe, expect, it } from 'vitest';
import { RunProgress } from '../../../src/cli/screen/run-progress.ts';
import { openView } from '../../../src/cli/screen/view.ts';
import type { PlannedTrial } from '../../../src/experiment/plan.ts';
import { recordOf, specOf } from '../records.ts';

const spec = specOf('gan', 0);
const { id, hash } = recordOf(spec, {});
const trial: PlannedTrial = { id, hash, spec, preset: 'default', varied: [] };

/** A terminal of so many columns, and what was written to it since last asked. */
function terminal(columns: number) {
  let written = '';
  const write = (text: string) => {
    written += text;
    return true;
  };
  const stream = { isTTY: true, columns, rows: 24, write };
  const said = () => {
    const text = written;
    written = '';
    return text;
  };
  return { stream, said };
}

/** A view of one trial at work. */
function viewOn({ stream }: ReturnType<typeof terminal>) {
  // of a stream the view takes what is here
  const screen = { stream: stream as unknown as NodeJS.WriteStream, quiet: false, env: { NO_COLOR: '1' } };
  const view = openView(new RunProgress([trial], [], 1), screen);
  view.on({ kind: 'started', trial });
  return view;
}

const control = '\x1b[';

describe('the live view', () => {
  it('wipes its lines from their start, where a ^C that the terminal echoed has moved the cursor', () => {
    const made = terminal(80);
    const view = viewOn(made);
    expect(made.said().split('\n')).toHaveLength(3); // two lines, each with its end
    view.close();
    expect(made.said()).toContain(`\r${control}2A${control}0J`);
  });

  it('wipes as many rows as its lines take where the window was made narrower', () => {
    const made = terminal(140);
    const view = viewOn(made);
    const rows = made
      .said()
      .replace(`${control}?25l`, '')
      .split('\n')
      .slice(0, -1)
      .reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / 20)), 0);
    expect(rows).toBeGreaterThan(2);
    made.stream.columns = 20;
    view.close();
    expect(made.said()).toContain(`\r${control}${rows}A${control}0J`);
  });
});
