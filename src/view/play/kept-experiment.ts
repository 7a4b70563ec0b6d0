/** Writes what was played as the file of an experiment, complete, so that it runs with seeds from the command line. Pure. */
import type { Catalogue } from '../../catalogue/catalogue.ts';
import { commonSections, ownSettings, type ResolvedSpec } from '../../catalogue/spec.ts';
import type { Played } from './messages.ts';

/** @param course what was done, for a comment: an experiment has one setting from its first step on. */
export function keptExperiment(spec: ResolvedSpec, catalogue: Catalogue, course: string): Played['file'] {
  const { experiment, method, seed } = spec;
  const { sha256: _, ...data } = spec.data; // planning notes it again
  const sections = commonSections.flatMap((name) => {
    const value = name === 'data' ? data : spec[name];
    return value === undefined ? [] : [`  ${name}: ${literal(value)},`];
  });
  const own = { name: method, ...ownSettings(spec, catalogue) };
  const name = `${experiment}-${method}-played.ts`;
  const text = `/**
 * Kept from the bench of the live page: ${method} as it was played on seed ${seed}, in the settings that it had at the end.
 * What was played: ${course.replaceAll('*/', '* /')}
 */
import { defineExperiment } from 'modebench';

export default defineExperiment({
  claim: ${literal(`${method} on ${spec.data.kind}, as played`)},
  source: 'the bench of the live page',
${sections.join('\n')}
  methods: [${literal(own)}],
});
`;
  return { name, text };
}

/** A value as an author writes it; on one line where it fits. */
function literal(value: unknown, indent = '  '): string {
  const flat = flatLiteral(value);
  if (flat.length + indent.length <= 110 || typeof value !== 'object' || value === null) return flat;
  const deeper = `${indent}  `;
  const parts = Array.isArray(value)
    ? value.map((item) => literal(item, deeper))
    : entriesOf(value).map(([key, part]) => `${keyText(key)}: ${literal(part, deeper)}`);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  return [open, ...parts.map((part) => `${deeper}${part},`), `${indent}${close}`].join('\n');
}

function flatLiteral(value: unknown): string {
  if (typeof value === 'string')
    return `'${JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
  if (Array.isArray(value)) return `[${value.map(flatLiteral).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  return `{ ${entriesOf(value)
    .map(([key, part]) => `${keyText(key)}: ${flatLiteral(part)}`)
    .join(', ')} }`;
}

const entriesOf = (value: object) => Object.entries(value).filter(([, part]) => part !== undefined);
const keyText = (key: string): string => (/^[a-z_$][\w$]*$/i.test(key) ? key : flatLiteral(key));
