/**
 * `npm run bundle -- --out modebench.tar.xz`: one archive for Linux x64 that unpacks and runs with neither network nor npm. Needs tar and xz.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fillBundle } from './bundle-folder.mjs';

/** MiB that an archive may have: it is carried by hand. */
const most = 60;

class Usage extends Error {}

try {
  const out = outFrom(process.argv.slice(2));
  const draft = mkdtempSync(join(tmpdir(), 'modebench-'));
  try {
    await fillBundle(join(draft, 'modebench'));
    const words = ['--create', '--xz', '--sort=name', '--owner=0', '--group=0', `--file=${out}`, 'modebench'];
    execFileSync('tar', words, {
      cwd: draft,
      env: { ...process.env, XZ_OPT: '-6 -T0' },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  const size = statSync(out).size / 2 ** 20;
  console.log(`${out}: ${size.toFixed(1)} MiB`);
  if (size > most) throw new Error(`expected an archive of at most ${most} MiB`);
} catch (error) {
  console.error(`bundle: ${error.message}`);
  process.exitCode = error instanceof Usage ? 2 : 1;
}

function outFrom([option, name, ...more]) {
  if (option !== '--out' || !name?.endsWith('.tar.xz') || more.length > 0) {
    throw new Usage('expected the name of an archive: npm run bundle -- --out modebench.tar.xz');
  }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Usage(`makes an archive for Linux x64 on Linux x64, this is ${process.platform} ${process.arch}`);
  }
  const out = resolve(process.env.INIT_CWD ?? '.', name);
  if (!existsSync(dirname(out))) throw new Usage(`there is no folder ${dirname(out)}`);
  return out;
}
