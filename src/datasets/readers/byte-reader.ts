/** Reads a stream in pieces of any length. It holds at most one piece and one chunk. */

const none = new Uint8Array(0);

export class ByteReader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #chunk: Uint8Array = none;
  #at = 0;
  #piece: Uint8Array = none;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** The next bytes, 1 to `most` of them; none at the end. Valid until the next call. */
  async some(most: number): Promise<Uint8Array> {
    while (this.#at === this.#chunk.length) {
      const { value, done } = await this.#chunks.next();
      if (done) return none;
      this.#chunk = value;
      this.#at = 0;
    }
    const from = this.#at;
    this.#at = Math.min(this.#chunk.length, from + most);
    return this.#chunk.subarray(from, this.#at);
  }

  /** The next `length` bytes, fewer only at the end. Valid until the next call; `length` is for the caller to bound. */
  async take(length: number): Promise<Uint8Array> {
    const first = await this.some(length);
    if (first.length === length || first.length === 0) return first;
    if (this.#piece.length !== length) this.#piece = new Uint8Array(length);
    this.#piece.set(first);
    let have = first.length;
    while (have < length) {
      const more = await this.some(length - have);
      if (more.length === 0) break;
      this.#piece.set(more, have);
      have += more.length;
    }
    return this.#piece.subarray(0, have);
  }

  /** Leaves out `length` bytes; returns how many there were, fewer only at the end. */
  async skip(length: number): Promise<number> {
    let left = length;
    while (left > 0) {
      const { length: got } = await this.some(left);
      if (got === 0) break;
      left -= got;
    }
    return length - left;
  }

  /** Lets the stream go. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }
}
