import { expect, it } from 'vitest';
import { sealedJson, unsealed } from '../../src/disk/sealed-json.ts';

const read = (text: string) => unsealed(JSON.parse(text), text);
const document = { title: 'a – b', list: [1, { deep: null }], checked: true };
const text = sealedJson(document);

it('gives back what was sealed, and takes files without a checksum as they are', () => {
  expect(read(text)).toEqual({ value: document });
  expect(text.split('\n').at(-3)).toMatch(/^ {2}"checksum": "[0-9a-f]{64}"$/);
  const older = `${JSON.stringify(document, undefined, 2)}\n`;
  expect(read(older)).toEqual({ value: document });
  for (const other of ['[]', 'null', '3', '"checksum"']) expect(read(other)).toEqual({ value: JSON.parse(other) });
});

it.each<[string, string]>([
  ['a value that is another', text.replace('true', 'false')],
  ['a space more', text.replace(': true', ':  true')],
  ['another checksum', text.replace(/"checksum": "../, '"checksum": "00')],
  ['a checksum that is no text', text.replace(/"checksum": ".*"/, '"checksum": 5')],
  ['another order', JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(text)).reverse()))],
  ['another name of the checksum', text.replace('"checksum"', '"bhecksum"')],
  ['a newline less', text.trimEnd()],
])('notices %s, and still says what the file holds', (_, changed) => {
  const { value, damage } = read(changed);
  expect(damage).toBe('its bytes are not those that were written (its checksum differs)');
  expect(value).not.toHaveProperty('checksum');
});
