/** A redis-server of a test's own: in a temporary folder, gone with the test. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { noRedis, type OwnRedis, ownRedis } from '../../bench/own-redis.ts';

/** A suite's name, with the reason where it is skipped. */
export const needingRedis = (name: string): string => (noRedis === undefined ? name : `${name} (skipped: ${noRedis})`);

export interface TestServer extends OwnRedis {
  /** Its own folder. */
  readonly folder: string;
}

/** @param options as `ownRedis` has them. */
export async function startRedis(...options: readonly string[]): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'modebench-redis-'));
  const server = await ownRedis(folder, options);
  onTestFinished(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  return { ...server, folder };
}
