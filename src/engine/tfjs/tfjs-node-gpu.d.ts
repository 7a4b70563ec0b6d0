/** An optional package that a checkout does without, too; it is imported for what it registers. */
declare module '@tensorflow/tfjs-node-gpu';
