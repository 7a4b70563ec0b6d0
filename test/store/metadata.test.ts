import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { aboutOf, readAbout, writeAbout } from '../../src/store/metadata.ts';
import { sampleExperiment } from '../experiment/sample.ts';

function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'modebench-about-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

describe('experiment.json', () => {
  it('gives back what the author says, with nothing left out', async () => {
    const folder = join(scratch(), 'made', 'here');
    const expects = { 'bigan-pgp': { modesCaptured: 9 }, gan: undefined };
    await writeAbout(folder, aboutOf({ ...sampleExperiment, expects }));
    expect(readAbout(folder)).toEqual({
      claim: 'tests pass',
      source: 'this test',
      expects: { 'bigan-pgp': { modesCaptured: 9 } },
      deviations: [],
    });
  });

  it('need not be there, and is refused in a line where it is broken', () => {
    const folder = scratch();
    expect(readAbout(folder)).toBeUndefined();
    for (const [text, message] of [
      ['', /experiment\.json: empty$/],
      ['{"claim"', /experiment\.json: not JSON/],
      ['{"claim": 5}', /experiment\.json: claim/],
    ] as const) {
      writeFileSync(join(folder, 'experiment.json'), text);
      expect(() => readAbout(folder)).toThrow(message);
    }
  });
});
