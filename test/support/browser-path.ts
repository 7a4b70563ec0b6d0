/** Finds a Chromium of the system. */
import { existsSync } from 'node:fs';

const candidates = [
  process.env.CHROMIUM ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** Path of the browser; `undefined` where the system has none. */
export const browserPath = candidates.find((path) => path !== '' && existsSync(path));

export const browserFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--no-first-run',
];
