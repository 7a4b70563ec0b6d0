/** The layers of a trial's picture, each of which can be left out: what the address calls them, and what they are. */
import { option, setOption } from './address.ts';

export interface Layer {
  readonly name: string;
  readonly label: string;
  readonly usual: 'on' | 'off';
  /** What it shows, for the tip. */
  readonly says: string;
}

export const layers = [
  { name: 'data', label: 'data', usual: 'on', says: 'points of the data, and a ring around each mode' },
  { name: 'samples', label: 'samples', usual: 'on', says: 'G(z), in the colour of the mode that each is at' },
  {
    name: 'map',
    label: 'D’s map',
    usual: 'on',
    says: 'blue where D takes a place for real, orange where for generated',
  },
  { name: 'contours', label: 'contours', usual: 'off', says: 'lines along which D judges alike' },
  { name: 'manifold', label: 'G’s manifold', usual: 'off', says: 'where G sends a regular lattice of latents' },
  { name: 'arrows', label: 'gradient', usual: 'off', says: 'the way D’s logit rises, which is where it pulls samples' },
  { name: 'rebuilt', label: 'reconstructions', usual: 'off', says: 'from each x to G(E(x)), known at the end' },
] as const satisfies readonly Layer[];

export type LayerName = (typeof layers)[number]['name'];

export const isShown = (name: LayerName): boolean => option(name, usualOf(name)) === 'on';

export const turnLayer = (name: LayerName): void => setOption(name, isShown(name) ? 'off' : 'on', usualOf(name));

const usualOf = (name: LayerName): string => layers.find((layer) => layer.name === name)?.usual ?? 'on';
