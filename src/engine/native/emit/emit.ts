/**
 * A plan as one function of machine code, `void step(float *arena)` in the System V calling convention: every statement in
 * turn, operands at fixed places in the arena.
 */
import { Assembler, gpr } from '../assembler/assembler.ts';
import type { Plan, Statement } from '../plan/program.ts';
import { emitConvolution } from './convolution.ts';
import { Frame, stackBytes } from './frame.ts';
import { emitLoop } from './loop.ts';
import { emitProduct, type Target } from './product.ts';
import { emitReduce } from './reduce.ts';
import { scratchOf } from './scratch.ts';

/** Rounding to nearest, no exceptions, denormals read and written as 0. */
export const denormalsAsZero = 0x9fc0;

const saved = [gpr.rbx, gpr.rbp, gpr.r12, gpr.r13, gpr.r14, gpr.r15] as const;

/** Throws where a statement would leave the arena. */
export function emit(plan: Plan, target: Target): Uint8Array {
  const asm = new Assembler();
  const frame = new Frame(asm, plan, scratchOf(plan));
  for (const register of saved) asm.push(register);
  asm.addNumber(gpr.rsp, -stackBytes);
  asm.storeControl({ base: gpr.rsp, displacement: 0 });
  asm.storeNumber({ base: gpr.rsp, displacement: 4 }, denormalsAsZero);
  asm.loadControl({ base: gpr.rsp, displacement: 4 });
  for (const statement of plan.statements) emitStatement(frame, statement, target);
  asm.loadControl({ base: gpr.rsp, displacement: 0 });
  asm.addNumber(gpr.rsp, stackBytes);
  for (const register of saved.toReversed()) asm.pop(register);
  asm.vzeroupper();
  asm.ret();
  return asm.code();
}

function emitStatement(frame: Frame, statement: Statement, target: Target): void {
  switch (statement.kind) {
    case 'product':
      emitProduct(frame, statement, target);
      return;
    case 'convolution':
      emitConvolution(frame, statement, target);
      return;
    case 'loop':
      emitLoop(frame, statement);
      return;
    case 'reduce':
      emitReduce(frame, statement);
      return;
    default:
      statement satisfies never;
  }
}
