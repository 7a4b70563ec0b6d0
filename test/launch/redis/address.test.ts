/** URLs of queues: what they mean, and that no message shows a password. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hidePassword } from '../../../src/base/hide-password.ts';
import { UsageError } from '../../../src/base/usage-error.ts';
import { parseAddress } from '../../../src/launch/redis/address.ts';

describe("a queue's address", () => {
  it.each([
    ['redis://host', { host: 'host', port: 6379, tls: false, db: 0, shown: 'redis://host:6379' }],
    ['redis://host:7000/3', { host: 'host', port: 7000, tls: false, db: 3, shown: 'redis://host:7000/3' }],
    ['rediss://:a%40b@h/', { host: 'h', port: 6379, tls: true, db: 0, password: 'a@b', shown: 'rediss://h:6379' }],
    ['redis://me:pw@[::1]:1', { host: '::1', port: 1, username: 'me', password: 'pw', shown: 'redis://[::1]:1' }],
  ])('%s', (url, address) => expect(parseAddress(url)).toMatchObject(address));

  it('takes a password from elsewhere where it has none', () => {
    expect(parseAddress('redis://host', 'secret').password).toBe('secret');
    expect(parseAddress('redis://:own@host', 'secret').password).toBe('own');
    expect(parseAddress('redis://host', '').password).toBeUndefined();
  });

  it.each([
    [
      'localhost:6379',
      "--queue: expected redis://[:password@]host[:port][/db], rediss:// for TLS, got 'localhost:6379'",
    ],
    ['http://:secret@host', /^--queue: expected redis:.*got 'http:\/\/:PASSWORD@host'$/],
    ['me:secret@host', /got 'PASSWORD@host'$/],
    ['redis://:secret@host:port', /got 'redis:\/\/:PASSWORD@host:port'$/],
    ['redis://:sec/ret@host', /got 'redis:\/\/:PASSWORD@host'$/],
    ['redis://:secret%@host', /% in a password is written %25$/],
    ['redis://secret@host', /a user name without a password/],
    ['redis://host/x', /got/],
    ['redis://', /got/],
  ])('is refused in one line: %s', (url, says) => {
    expect(() => parseAddress(url)).toThrow(UsageError);
    expect(() => parseAddress(url)).toThrow(says);
  });

  it('hides whatever stands where a password stands', () => {
    expect(hidePassword('--queue=redis://me:pw@host/2')).toBe('--queue=redis://me:PASSWORD@host/2');
    expect(hidePassword('redis://host')).toBe('redis://host');
    const secrets = fc.string({ minLength: 6, maxLength: 20, unit: fc.constantFrom(...'abXY19:@/%?#[]-_.') });
    fc.assert(
      fc.property(secrets, (secret) => {
        const url = `redis://:<${secret}>@host`;
        expect(hidePassword(url)).not.toContain(secret);
        try {
          expect(parseAddress(url).shown).not.toContain(secret);
        } catch (error) {
          expect(String(error)).not.toContain(secret);
        }
      }),
    );
  });
});
