/** Reads as many bytes as are asked for, from chunks of any size. */
export class ByteReader {
  readonly #chunks: AsyncIterator<Buffer>
  #rest: Buffer = Buffer.alloc(0)

  constructor(chunks: AsyncIterable<Buffer>) {
    this.#chunks = chunks[Symbol.asyncIterator]()
  }

  /** Fills all of it. Fails if there are too few. */
  async fill<Bytes extends Uint8Array>(bytes: Bytes): Promise<Bytes> {
    for (let at = 0; at < bytes.length;) {
      if (this.#rest.length === 0) {
        const next = await this.#chunks.next()
        if (next.done) throw new Error("there are too few bytes")
        this.#rest = next.value
      }
      const copied = this.#rest.copy(bytes, at)
      at += copied
      this.#rest = this.#rest.subarray(copied)
    }
    return bytes
  }

  /** All chunks that are left. */
  async others(): Promise<Buffer[]> {
    const chunks = [this.#rest]
    for (let next = await this.#chunks.next(); !next.done; next = await this.#chunks.next())
      chunks.push(next.value)
    return chunks
  }
}
