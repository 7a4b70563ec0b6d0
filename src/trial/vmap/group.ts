/**
 * Makes stacks of the trials of a company: once all of them have come, those whose programs have one structure train as
 * one. The programs of earlier stacks are used again.
 */

import { Kept } from '../../base/lru-cache.ts';
import { UsageError } from '../../base/usage-error.ts';
import type { OnnxDevice } from '../../engine/devices/devices.ts';
import type { Engine, Step } from '../../engine/engine.ts';
import type { Graph } from '../../engine/graph/graph.ts';
import { prepareStack } from '../../engine/vmap/prepare.ts';
import { structureOf } from '../../engine/vmap/structure.ts';
import { unstackable } from '../../engine/vmap/vmap-graphs.ts';
import type { TrainingStep } from '../training-step.ts';
import type { Berth, Company, Gate } from './barrier.ts';
import { stackedSteps } from './vmapped-step.ts';

/** A trial that is to train with others. */
export interface Recruit {
  readonly engine: Engine;
  readonly training: Pick<TrainingStep, 'signature'>;
  readonly repeat: number;
  /** Equal for trials whose programs are. */
  readonly key: string;
  readonly program: Graph;
}

/** A trial's place in its stack. */
export interface Enlisted {
  readonly step: Step;
  /** Trials in the stack. */
  readonly size: number;
}

const stacks = new Kept<Step>(8);
const gates = new WeakMap<Company, Gate<Recruit, Enlisted>>();

/** The trial's step, when all of its company have come or left. */
export function joinStack({ company, place }: Berth, recruit: Recruit): Promise<Enlisted> {
  const gate = gates.get(company) ?? company.gate(company.places, (recruits) => assemble(recruits, company));
  gates.set(company, gate);
  return gate.pass(place, recruit);
}

async function assemble(recruits: ReadonlyMap<number, Recruit>, company: Company): Promise<Map<number, Enlisted>> {
  const groups = new Map<string, [place: number, recruit: Recruit][]>();
  for (const [place, recruit] of recruits) {
    const kernel = unstackable(recruit.program);
    if (kernel !== undefined) throw new UsageError(`kernel ${kernel} cannot be stacked: --stack 1 trains these trials`);
    const { engine, repeat, program } = recruit;
    const alike = [engine.device, repeat, structureOf(program)].join('\n');
    groups.set(alike, [...(groups.get(alike) ?? []), [place, recruit]]);
  }
  const enlisted = new Map<number, Enlisted>();
  for (const group of groups.values()) {
    for (const [place, step] of await stackOf(group, company)) enlisted.set(place, { step, size: group.length });
  }
  return enlisted;
}

/** @param group trials of one structure, and so of one signature. */
async function stackOf(
  group: readonly (readonly [place: number, recruit: Recruit])[],
  company: Company,
): Promise<Map<number, Step>> {
  const recruits = group.map(([, recruit]) => recruit);
  const [first] = recruits;
  if (first === undefined) throw new Error('internal: a stack of nobody');
  const { engine, repeat, training } = first;
  let timings: Step['timings'] = { capture: 0, compile: 0 };
  const step = await stacks.get(recruits.map(({ key }) => key).join('\n'), async () => {
    const programs = recruits.map(({ program }) => program);
    const device = engine.device as OnnxDevice; // the compiled engine's; no other one is stacked
    const made = await prepareStack(programs, training.signature, device, { repeat });
    timings = made.timings;
    return made;
  });
  const members = group.map(([place]) => place);
  return stackedSteps({ step, members, signature: training.signature, repeat, timings }, company);
}
