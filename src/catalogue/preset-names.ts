/** Names of presets under which records stand: the experiment's own, and those of trials in settings that a search found. */

const ending = 'tuned';

/** `default` → `tuned`, `quick` → `quick-tuned`. */
export const tunedPreset = (preset: string): string => (preset === 'default' ? ending : `${preset}-${ending}`);

/** Whether trials under that name have settings of a search. */
export const isTuned = (preset: string): boolean => preset === ending || preset.endsWith(`-${ending}`);

/** The experiment's preset that such trials start from; any other name is that of a preset already. */
export const untunedPreset = (preset: string): string =>
  isTuned(preset) ? preset.slice(0, -ending.length - 1) || 'default' : preset;
