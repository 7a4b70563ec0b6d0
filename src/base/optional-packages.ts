/** Packages that an installed modebench does without until something asks for them. A checkout has those that are tested. */

/** The versions that package.json names among its peers, which a test compares. */
const versions = {
  '@tensorflow/tfjs-node-gpu': '4.22.0',
  bullmq: '6.7.0',
  ioredis: '6.0.0',
  'onnxruntime-node': '1.30.0',
} as const;

export type OptionalPackage = keyof typeof versions;

export const optionalPackages = Object.keys(versions) as readonly OptionalPackage[]; // the keys of the list

/** The command that installs one, with what is always used beside it. Their scripts would download libraries of a GPU. */
export function installOf(name: OptionalPackage): string {
  const names = queue.includes(name) ? queue : [name];
  return ['npm install --ignore-scripts', ...names.map((one) => `${one}@${versions[one]}`)].join(' ');
}
const queue: readonly OptionalPackage[] = ['bullmq', 'ioredis'];

/** The optional package that an import did not find; `undefined` for any other fault. */
export function missingPackage(error: unknown): OptionalPackage | undefined {
  const code: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'code') : undefined;
  if (!(error instanceof Error) || (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND')) return undefined;
  const name = /'([^']+)'/.exec(error.message)?.[1] ?? '';
  return optionalPackages.find((one) => name === one || name.startsWith(`${one}/`));
}
