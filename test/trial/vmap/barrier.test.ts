/** Who waits for whom at a gate. */
import { describe, expect, it } from 'vitest';
import { Company, type Gate } from '../../../src/trial/vmap/barrier.ts';

/** A company whose gate adds up what was brought; `visits` are the places that each opening served. */
function sums(size: number, members?: readonly number[]) {
  const company = new Company(size);
  const visits: number[][] = [];
  const gate: Gate<number, number> = company.gate(members ?? company.places, async (brought) => {
    visits.push([...brought.keys()].sort());
    const sum = [...brought.values()].reduce((total, number) => total + number, 0);
    return new Map([...brought.keys()].map((place) => [place, sum * 10 + place]));
  });
  return { company, gate, visits };
}

describe('a gate', () => {
  it('opens when all are here, once for all of them, and gives each its own', async () => {
    const { gate, visits } = sums(3);
    const taken = [gate.pass(2, 5), gate.pass(0, 1), gate.pass(1, 1)];
    expect(await Promise.all(taken)).toEqual([72, 70, 71]);
    expect(await Promise.all([gate.pass(0, 1), gate.pass(1, 1), gate.pass(2, 1)])).toEqual([30, 31, 32]);
    expect(visits).toEqual([
      [0, 1, 2],
      [0, 1, 2],
    ]);
  });

  it('opens for those who wait when the last other one leaves', async () => {
    const { company, gate, visits } = sums(3);
    company.leave(1);
    const taken = [gate.pass(0, 1), gate.pass(2, 2)];
    expect(await Promise.all(taken)).toEqual([30, 32]);
    const alone = gate.pass(0, 4);
    company.leave(2);
    expect(await alone).toBe(40);
    expect(visits).toEqual([[0, 2], [0]]);
  });

  it('waits for its own members only', async () => {
    const { company, gate } = sums(4, [1, 3]);
    const taken = [gate.pass(1, 1), gate.pass(3, 2)];
    expect(await Promise.all(taken)).toEqual([31, 33]);
    company.leave(3);
    company.leave(3);
    expect(await gate.pass(1, 1)).toBe(11);
  });

  it('hands a fault of the work to everybody, and stays usable', async () => {
    const company = new Company(2);
    let isBroken = true;
    const gate = company.gate(company.places, async (brought: ReadonlyMap<number, string>) => {
      if (isBroken) throw new Error('no memory');
      return brought;
    });
    const taken = await Promise.allSettled([gate.pass(0, 'a'), gate.pass(1, 'b')]);
    expect(taken.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    isBroken = false;
    expect(await Promise.all([gate.pass(0, 'a'), gate.pass(1, 'b')])).toEqual(['a', 'b']);
  });
});
