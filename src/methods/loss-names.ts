/** Names of the adversarial losses; their equations are `adversarial.ts`, which needs tfjs. */
export const lossNames = ['logistic', 'linear', 'least-squares', 'wasserstein', 'hinge', 'relativistic'] as const;
export type LossName = (typeof lossNames)[number];
