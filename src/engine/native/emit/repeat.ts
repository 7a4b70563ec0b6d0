/** Emits loops that count down. */
import { type Assembler, gpr } from '../assembler/assembler.ts';

/** The code again and again; once without a loop. The count is in a register that the code leaves alone. */
export function repeat(
  asm: Assembler,
  count: number,
  emit: () => void,
  counter: typeof gpr.rdx | typeof gpr.rbp = gpr.rdx,
): void {
  if (count > 1) asm.moveNumber(counter, count);
  const start = asm.here();
  emit();
  if (count === 1) return;
  asm.addNumber(counter, -1);
  asm.jumpIf('notEqual', start);
}
