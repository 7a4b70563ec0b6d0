/** A software Vulkan, on which WebGPU runs without a GPU: Chromium brings one. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Where packages of Chromium and Chrome lie. */
const folders = ['chromium', 'chromium-browser', 'chrome'].flatMap((name) =>
  ['/usr/lib', '/usr/lib64', '/opt', '/opt/google', '/usr/share'].map((root) => join(root, name)),
);

/** Where Linux distributions put Vulkan's loader, which onnxruntime asks the system for. */
const loaders = ['/usr/lib/x86_64-linux-gnu', '/usr/lib64', '/usr/lib'].map((folder) => join(folder, 'libvulkan.so.1'));

/** The file that names it to the loader; `undefined` where there is none, or no loader. */
export function swiftshaderIcd(): string | undefined {
  if (!loaders.some((path) => existsSync(path))) return undefined;
  const named = process.env.VK_ICD_FILENAMES;
  if (named?.includes('swiftshader') && existsSync(named)) return named;
  for (const folder of folders.filter((path) => existsSync(path))) {
    const file = readdirSync(folder).find((name) => /swiftshader.*icd.*\.json$/.test(name));
    if (file !== undefined) return join(folder, file);
  }
  return undefined;
}

/** Why tests on it are skipped, for their names; '' where they run. */
export const whyNoSwiftshader =
  swiftshaderIcd() === undefined ? ' (skipped: no SwiftShader; apt-get install chromium libvulkan1)' : '';
