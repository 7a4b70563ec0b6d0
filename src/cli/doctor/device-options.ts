/** Declares the options `--engine` and `--device` of every command that has them; their help lists what there is. */
import type { Options } from 'yargs';
import { automaticEngines, devicesOf, type EngineName, engineNamed, engineNames } from '../../engine/engines.ts';

const deviceWords = (engine: EngineName): string => {
  const names = devicesOf(engine).map(({ name }) => name);
  return `${['auto', ...names.slice(0, -1)].join(', ')} or ${names.at(-1)}`;
};

const forEachEngine = (says: (engine: EngineName) => string): string =>
  engineNames.map((engine) => `${engine}: ${says(engine)}`).join('; ');

export const deviceOptions = {
  engine: {
    type: 'string',
    requiresArg: true,
    default: 'auto',
    describe: `auto: ${automaticEngines.join(' where it runs, else ')}; ${forEachEngine((engine) => engineNamed(engine).description)}`,
  },
  device: {
    type: 'string',
    requiresArg: true,
    default: 'auto',
    describe: forEachEngine(deviceWords),
  },
} as const satisfies Readonly<Record<string, Options>>;
