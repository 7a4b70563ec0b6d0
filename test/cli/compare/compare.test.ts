/** `compare`: two stores, two commits, two experiments' files; on made-up records, whose differences are known. */
import { execFileSync } from 'node:child_process';
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../../src/store/store.ts';
import { recordOf, specOf } from '../records.ts';
import { scratch } from '../run-cli.ts';
import { runHere, type Said } from '../run-here.ts';

/** A store of grid25 with two methods on five seeds; modes of `gan` as given, those of `bigan` always 14. */
async function storeWith(modes: (seed: number) => number, batch = 128): Promise<string> {
  const root = scratch();
  const store = openStore(root, 'grid25');
  for (let seed = 0; seed < 5; seed++) {
    const spec = specOf('gan', seed);
    const training = { ...spec.training, batch };
    await store.keep(recordOf({ ...spec, training }, { modesCaptured: modes(seed) }));
    await store.keep(recordOf(specOf('bigan', seed), { modesCaptured: 14 }));
  }
  await store.rebuild();
  return root;
}

/** A command typed in another folder. */
async function runIn(folder: string, ...words: readonly string[]): Promise<Said> {
  const here = process.cwd();
  process.chdir(folder);
  try {
    return await runHere(...words);
  } finally {
    process.chdir(here);
  }
}

describe('two stores', () => {
  it('are compared by what differs in specs and in scores, with intervals', async () => {
    const [one, other] = [await storeWith((seed) => 12 + seed), await storeWith((seed) => 10 + seed, 64)];
    const { code, stdout } = await runHere('compare', one, other);
    expect(code).toBe(0);
    expect(stdout).toMatch(/gan +modes captured +14\.0 ± 0\.7 +12\.0 ± 0\.7 +\+2\.0 \[2\.0, 2\.0\] +0…4/);
    expect(stdout).toContain('The specs of gan differ:\n  training.batch: 128 here, 64 there\n');
    expect(stdout).toContain('The same in every score, on the same seeds: bigan\n');
    const { stdout: json } = await runHere('compare', one, other, '--json');
    expect(JSON.parse(json).experiments[0].methods[0]).toMatchObject({
      method: 'gan',
      seeds: [0, 1, 2, 3, 4],
      differs: [{ path: 'training.batch', ours: '128', theirs: '64' }],
      scores: [{ score: 'modesCaptured', here: 14, there: 12, difference: { mean: 2, low: 2, high: 2 } }],
    });
  });

  it('are compared across commits that keep them', async () => {
    const folder = scratch();
    const git = (...words: string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...words], { cwd: folder });
    git('init', '--quiet');
    for (const more of [0, 1]) {
      cpSync(await storeWith((seed) => 10 + seed + more), join(folder, 'results'), { recursive: true, force: true });
      git('add', '--all');
      git('commit', '--quiet', '-m', 'results');
    }
    const { code, stdout } = await runIn(folder, 'compare', 'HEAD', 'HEAD~1:results');
    expect(code).toBe(0);
    expect(stdout).toContain('+1.0 [1.0, 1.0]');
    expect((await runIn(folder, 'compare', 'HEAD:nowhere', 'HEAD')).stderr).toMatch(
      /^modebench: HEAD:nowhere: expected a commit that keeps results .*\n$/,
    );
  });
});

it("experiments' files are compared by what they declare, and by results where there are any", async () => {
  const folder = scratch();
  for (const [name, steps] of [
    ['mine', 500],
    ['other', 700],
  ] as const) {
    const own = `{ claim: 'c', source: 's', training: { steps: ${steps} } }`;
    const text = `import { extend } from 'modebench';
import ring8 from 'modebench/experiments/ring8';
export default extend(ring8, ${own});
`;
    writeFileSync(join(folder, `${name}.ts`), text);
  }
  const { code, stdout, stderr } = await runHere(
    'compare',
    join(folder, 'mine.ts'),
    join(folder, 'other.ts'),
    '--store',
    folder,
  );
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/training\.steps: 500 here, 700 there/);
  expect(stdout).toContain('No results of');
});

it.each([
  [['compare', 'grid52', 'grid25'], /grid52: expected a store, a commit, .*did you mean 'grid25'\?/],
  [['compare', 'grid25'], /expected two: npm run compare -- <one> <other>/],
  [['compare', 'src', 'grid25'], /src: expected a store, which holds experiments/],
])('a mistake is one line: %j', async (words, line) => {
  const { code, stderr } = await runHere(...words);
  expect(code).toBe(2);
  expect(stderr).toMatch(line);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});
