/**
 * Declares what an engine does: it prepares a step from a function over tensors and runs it. `engines.ts` lists the engines; the
 * eager one, tfjs itself, is the reference that the others are tested against.
 */
import { UsageError } from '../base/usage-error.ts';
import type { Shapes, TensorFunction } from './capture/tracer.ts';

export type Arrays = Readonly<Record<string, Float32Array>>;

/** What a step is called with. State goes in and comes out under the same name; inputs are fed at every step. */
export interface Signature {
  readonly state: Shapes;
  readonly inputs: Shapes;
}

export interface StepOptions {
  /** Steps in one `run`; inputs then hold as many batches, one after another. Outputs are those of the last step. */
  readonly repeat?: number;
}

/** A step with its state. Not for concurrent runs. */
export interface Step {
  /** Replaces the whole state; arrays are copied. */
  load(state: Arrays): void;
  /** A copy of the state. */
  state(): Arrays;
  /** Runs `repeat` steps. Outputs are valid until the next run. */
  run(inputs: Arrays): Promise<Arrays>;
  /** Seconds that making it took. */
  readonly timings: { readonly capture: number; readonly compile: number };
  /** Floating-point operations of one step (`flopsOf`); absent where the engine makes no program. */
  readonly flops?: number;
  dispose(): Promise<void>;
}

/** An engine lacks a part of a program: another one has it. */
export class NotCovered extends UsageError {
  /** One line without the advice: `engine native: Conv2D is not covered`. */
  readonly reason: string;

  constructor(engine: string, what: string) {
    const reason = `engine ${engine}: ${what} is not covered`;
    super(`${reason}; --engine onnx has it`);
    this.reason = reason;
  }
}

export interface Engine {
  /** Its key in `engines.ts`. */
  readonly name: string;
  readonly device: string;
  /**
   * @param fn a pure function; it returns the next value of every name in `signature.state`, and outputs besides.
   * @throws NotCovered where `fn` asks for what the engine lacks, and where `fn` does not return the whole state in the
   * shapes that it was given.
   */
  prepare(fn: TensorFunction, signature: Signature, options?: StepOptions): Promise<Step>;
}
