/**
 * Compiles the programs of a vmap group: once every trial of the group is here, those whose programs have one structure
 * train as one. Compiled programs are cached, so that later trials of the same settings compile nothing.
 */

import { groupBy } from '../../base/collections.ts';
import { LruCache } from '../../base/lru-cache.ts';
import { UsageError } from '../../base/usage-error.ts';
import type { Engine, Step } from '../../engine/engine.ts';
import { flopsOf } from '../../engine/kernels/flops.ts';
import type { KernelGraph } from '../../engine/kernels/registry.ts';
import type { OnnxDevice } from '../../engine/onnx/onnx-devices.ts';
import { prepareVmapped } from '../../engine/vmap/prepare.ts';
import { structureOf } from '../../engine/vmap/structure.ts';
import { unbatchable } from '../../engine/vmap/vmap-graphs.ts';
import type { TrainingStep } from '../training-step.ts';
import type { Barrier, GroupMember, VmapGroup } from './barrier.ts';
import { memberSteps } from './vmapped-step.ts';

/** The training program of one trial of a group. */
export interface MemberProgram {
  readonly engine: Engine;
  readonly training: Pick<TrainingStep, 'signature'>;
  readonly repeat: number;
  /** Equal for trials whose programs are equal. */
  readonly key: string;
  readonly program: KernelGraph;
}

/** One trial's step of a vmapped program. */
export interface MemberStep {
  readonly step: Step;
  /** Trials that train as this program. */
  readonly size: number;
}

const compiled = new LruCache<Step>(8);
const barriers = new WeakMap<VmapGroup, Barrier<MemberProgram, MemberStep>>();

/** The trial's step, as soon as every other trial of the group has come or left. */
export function memberStep({ group, index }: GroupMember, program: MemberProgram): Promise<MemberStep> {
  const barrier = barriers.get(group) ?? group.barrier(group.members, (programs) => compileAll(programs, group));
  barriers.set(group, barrier);
  return barrier.wait(index, program);
}

type Member = readonly [index: number, program: MemberProgram];

async function compileAll(
  programs: ReadonlyMap<number, MemberProgram>,
  group: VmapGroup,
): Promise<Map<number, MemberStep>> {
  const alike = groupBy<Member, string>(programs, ([, { engine, repeat, program }]) => {
    const kernel = unbatchable(program);
    if (kernel !== undefined) throw new UsageError(`kernel ${kernel} cannot be stacked: --stack 1 trains these trials`);
    return [engine.device, repeat, structureOf(program)].join('\n');
  });
  const steps = new Map<number, MemberStep>();
  for (const members of alike.values()) {
    for (const [index, step] of await compileAsOne(members, group)) steps.set(index, { step, size: members.length });
  }
  return steps;
}

/** @param members of one structure, and so of one signature. */
async function compileAsOne(members: readonly Member[], group: VmapGroup): Promise<Map<number, Step>> {
  const programs = members.map(([, program]) => program);
  const [first] = programs;
  if (first === undefined) throw new Error('internal: no program to compile');
  const { engine, repeat, training } = first;
  let timings: Step['timings'] = { capture: 0, compile: 0 };
  const step = await compiled.get(programs.map(({ key }) => key).join('\n'), async () => {
    const graphs = programs.map(({ program }) => program);
    const device = engine.device as OnnxDevice; // the compiled engine's; trials of the other one train by themselves
    const made = await prepareVmapped(graphs, training.signature, device, { repeat });
    timings = made.timings;
    return made;
  });
  const indices = members.map(([index]) => index);
  const flops = flopsOf(first.program);
  return memberSteps({ step, members: indices, signature: training.signature, repeat, flops, timings }, group);
}
