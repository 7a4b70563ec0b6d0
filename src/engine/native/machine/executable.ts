/** Machine code in memory that may be executed: written first, then protected, never both at once. koffi calls the system. */
import type * as Koffi from 'koffi';

type System = typeof Koffi.default;

export interface Executable {
  /** Runs the code on an arena, whose memory must outlive the call. */
  call(arena: Float32Array): void;
  dispose(): void;
}

const [read, write, execute] = [1, 2, 4];
const [privately, anonymously] = [2, process.platform === 'darwin' ? 0x1000 : 0x20];

/** Throws where the system refuses executable memory. */
export function makeExecutable(code: Uint8Array, koffi: System, protection = read | execute): Executable {
  const library = koffi.load(null);
  const map = library.func(
    'void *mmap(void *address, size_t length, int protection, int flags, int file, int64_t offset)',
  );
  const protect = library.func('int mprotect(void *address, size_t length, int protection)');
  const unmap = library.func('int munmap(void *address, size_t length)');
  const address: bigint | null = map(null, code.length, read | write, privately | anonymously, -1, 0);
  if (address === null || BigInt.asIntN(64, address) === -1n) throw new Error('the system gives no memory for code');
  new Uint8Array(koffi.view(address, code.length)).set(code);
  if (protect(address, code.length, protection) !== 0) {
    unmap(address, code.length);
    throw new Error('the system refuses executable memory');
  }
  const run = koffi.decode(address, koffi.proto('void (void *arena)'));
  return {
    call: (arena) => run(arena),
    dispose: () => unmap(address, code.length),
  };
}
