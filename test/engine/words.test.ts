/** The engine runs any step: no file of it speaks of GANs. What it may import, test/architecture checks. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

it('has no word of GANs', () => {
  const files = readdirSync('src/engine', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const speaking = files.filter((name) =>
    /\b(GANs?|generators?|discriminators?|latents?|encoders?)\b/i.test(readFileSync(join('src/engine', name), 'utf8')),
  );
  expect(files.length).toBeGreaterThan(40);
  expect(speaking).toEqual([]);
});
