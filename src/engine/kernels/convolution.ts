import type { Kernel } from './kernel.ts';

export const convolution: Readonly<Record<string, Kernel>> = {};
