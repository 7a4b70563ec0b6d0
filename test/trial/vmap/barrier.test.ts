/** Which members of a group a barrier waits for. */
import { describe, expect, it } from 'vitest';
import { type Barrier, VmapGroup } from '../../../src/trial/vmap/barrier.ts';

/** A group whose barrier sums its inputs; `visits` are the members that each opening served. */
function sums(size: number, members?: readonly number[]) {
  const group = new VmapGroup(size);
  const visits: number[][] = [];
  const barrier: Barrier<number, number> = group.barrier(members ?? group.members, async (inputs) => {
    visits.push([...inputs.keys()].sort());
    const sum = [...inputs.values()].reduce((total, number) => total + number, 0);
    return new Map([...inputs.keys()].map((index) => [index, sum * 10 + index]));
  });
  return { group, barrier, visits };
}

describe('a barrier', () => {
  it('opens when all are here, once for all of them, and gives each its own', async () => {
    const { barrier, visits } = sums(3);
    const outputs = [barrier.wait(2, 5), barrier.wait(0, 1), barrier.wait(1, 1)];
    expect(await Promise.all(outputs)).toEqual([72, 70, 71]);
    expect(await Promise.all([barrier.wait(0, 1), barrier.wait(1, 1), barrier.wait(2, 1)])).toEqual([30, 31, 32]);
    expect(visits).toEqual([
      [0, 1, 2],
      [0, 1, 2],
    ]);
  });

  it('opens for those who wait when the last other member leaves', async () => {
    const { group, barrier, visits } = sums(3);
    group.leave(1);
    const outputs = [barrier.wait(0, 1), barrier.wait(2, 2)];
    expect(await Promise.all(outputs)).toEqual([30, 32]);
    const alone = barrier.wait(0, 4);
    group.leave(2);
    expect(await alone).toBe(40);
    expect(visits).toEqual([[0, 2], [0]]);
  });

  it('waits for its own members only', async () => {
    const { group, barrier } = sums(4, [1, 3]);
    const outputs = [barrier.wait(1, 1), barrier.wait(3, 2)];
    expect(await Promise.all(outputs)).toEqual([31, 33]);
    group.leave(3);
    group.leave(3);
    expect(await barrier.wait(1, 1)).toBe(11);
  });

  it('hands a fault of the work to everybody, and stays usable', async () => {
    const group = new VmapGroup(2);
    let isBroken = true;
    const barrier = group.barrier(group.members, async (inputs: ReadonlyMap<number, string>) => {
      if (isBroken) throw new Error('no memory');
      return inputs;
    });
    const outputs = await Promise.allSettled([barrier.wait(0, 'a'), barrier.wait(1, 'b')]);
    expect(outputs.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    isBroken = false;
    expect(await Promise.all([barrier.wait(0, 'a'), barrier.wait(1, 'b')])).toEqual(['a', 'b']);
  });
});
