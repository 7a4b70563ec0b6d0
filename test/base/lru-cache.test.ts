import { expect, it } from 'vitest';
import { LruCache } from '../../src/base/lru-cache.ts';

const makers = () => {
  const disposed: string[] = [];
  let made = 0;
  const make = (name: string) => async () => {
    made += 1;
    return { name, dispose: async () => void disposed.push(name) };
  };
  return { disposed, make, made: () => made };
};

it('makes a thing once, also for those who ask while it is being made', async () => {
  const { make, made } = makers();
  const kept = new LruCache<{ name: string; dispose(): Promise<void> }>(2);
  const [first, second] = await Promise.all([kept.get('a', make('a')), kept.get('a', make('a'))]);
  expect(second).toBe(first);
  expect(await kept.get('a', make('a'))).toBe(first);
  expect(made()).toBe(1);
});

it('disposes of the one that was asked for longest ago, and keeps more where more are in use', async () => {
  const { make, disposed } = makers();
  const kept = new LruCache<{ name: string; dispose(): Promise<void> }>(2);
  for (const name of ['a', 'b', 'a', 'c']) await kept.get(name, make(name));
  expect(disposed).toEqual(['b']);
  kept.growTo(3);
  for (const name of ['d', 'a', 'c']) await kept.get(name, make(name));
  expect(disposed).toEqual(['b']);
});

it('does not keep what could not be made', async () => {
  const { make } = makers();
  const kept = new LruCache<{ name: string; dispose(): Promise<void> }>(2);
  await expect(kept.get('a', () => Promise.reject(new Error('no room')))).rejects.toThrow('no room');
  expect((await kept.get('a', make('a'))).name).toBe('a');
});
