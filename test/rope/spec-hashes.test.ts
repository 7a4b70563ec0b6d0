/**
 * The identity of every trial that the project's experiments declare, as it was when results/reference was made: a spec
 * that hashes differently would not find its finished trials again. New experiments, methods and presets add lines
 * (`UPDATE_HASHES=1 npx vitest run test/rope`); a line that is there never changes.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { specHash } from '../../src/catalogue/identity.ts';
import { experimentNames, loadExperiment } from '../../src/experiment/load.ts';
import { nameOf, resolveTrial } from '../../src/experiment/resolve.ts';

const file = new URL('./spec-hashes.json', import.meta.url);

/** `experiment method preset` → hash of the trial of seed 0. */
async function hashesNow(): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (const name of await experimentNames()) {
    const experiment = await loadExperiment(name);
    for (const preset of ['default', ...Object.keys(experiment.presets)]) {
      const added = experiment.presets[preset]?.methods ?? [];
      for (const method of new Set([...experiment.methods, ...added].map(nameOf)))
        hashes[`${name} ${method} ${preset}`] = specHash(resolveTrial(experiment, { method, seed: 0, preset }));
    }
  }
  return hashes;
}

it('every experiment × method × preset keeps its hash', async () => {
  const now = await hashesNow();
  if (process.env.UPDATE_HASHES) writeFileSync(file, `${JSON.stringify(now, undefined, 2)}\n`);
  const then: Record<string, string> = JSON.parse(readFileSync(file, 'utf8'));
  expect(now).toEqual(then);
}, 60_000);
