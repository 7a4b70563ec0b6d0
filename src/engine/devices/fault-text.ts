/** Shortens the errors of runtimes and drivers to a few words. */

/** The causes that users meet, by a pattern in the message. `$1` is the first group. */
const causes: readonly (readonly [sign: RegExp, says: string])[] = [
  [/(?:Failed to get a WebGPU adapter|No supported adapters)/, 'no adapter'],
  [/(lib[\w+.-]+\.so[.\d]*): cannot open shared object file/, 'cannot load $1'],
  [/lacks an operator of this program/, 'lacks an operator'],
  [/Kernel '(\w+)' not registered for backend/, 'lacks the kernel $1'],
  [/Too many storage buffers in shader/, 'its shaders bind too few buffers'],
  [/CUDA driver version is insufficient|no CUDA-capable device/i, 'no CUDA driver that fits'],
];

/**
 * @param message the error's.
 * @param printed what the process printed around it.
 */
export function shortFault(message: string, printed = ''): string {
  for (const text of [message, printed]) {
    for (const [sign, says] of causes) {
      const found = sign.exec(text);
      if (found) return says.replace('$1', found[1] ?? '');
    }
  }
  const [line = ''] = message
    .replace(/^.*\bwas false\. /s, '')
    .trim()
    .split('\n');
  return line.length > 120 ? `${line.slice(0, 119)}…` : line || 'failed without a word';
}
