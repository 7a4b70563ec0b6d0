/**
 * The engine for a function of one's own, `modebench/engine`: what it does for a trial's step, it does for any pure function
 * over tensors. It is traced once, simplified, and compiled.
 */
import * as tf from '@tensorflow/tfjs-core';
import './tfjs-parts.ts';
import type { TensorFunction } from './capture/tracer.ts';
import type { Signature, Step, StepOptions } from './engine.ts';
import { prepareAnywhere } from './engines.ts';

export type { Shapes, TensorFunction, Tensors } from './capture/tracer.ts';
export type { Arrays, Signature, Step, StepOptions } from './engine.ts';
/** TensorFlow.js, of whose functions steps are made. */
export { tf };

/**
 * Compiles a step: machine code on x86-64 (Linux, macOS), else a program of onnxruntime, which is then to be installed.
 *
 *     const step = await compileStep(({ w, x }) => ({ w: tf.add(w, x) }), { state: { w: [2] }, inputs: { x: [2] } });
 *     step.load({ w: new Float32Array(2) });
 *     await step.run({ x: Float32Array.of(1, 2) });
 *     step.state().w; // 1, 2
 *
 * @param fn a pure function in tfjs, from tensors by name to tensors by name: the next value of every name in the state, and
 *   outputs besides. It is called once, and may not read a tensor's numbers.
 * @param signature shapes of the state, which stays between runs, and of the inputs of every run. All numbers are float32.
 * @param options how many steps one run makes.
 * @throws Error, one line, where `fn` reads numbers or uses a kernel that no engine has, and UsageError where none runs here.
 */
export const compileStep = (fn: TensorFunction, signature: Signature, options?: StepOptions): Promise<Step> =>
  prepareAnywhere(fn, signature, options);
