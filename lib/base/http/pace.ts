import { setImmediate as nextTurn } from "node:timers/promises"

/** Work for one request goes on this long; then others have their turn. */
const longestStretchMs = 10

/** Lets other requests go on between the pieces of a large one. */
export class Pace {
  #begun = performance.now()

  /** Whether it is time to give way; asking costs next to nothing. */
  get isDue(): boolean {
    return performance.now() - this.#begun > longestStretchMs
  }

  async giveWay(): Promise<void> {
    await nextTurn()
    this.#begun = performance.now()
  }
}

const pieceBytes = 16 * 1024

/** A body in pieces, each small enough to be worked off in one go. */
export async function* inPieces(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const pace = new Pace()
  for await (const chunk of body) {
    for (let at = 0; at < chunk.byteLength; at += pieceBytes) {
      if (pace.isDue) await pace.giveWay()
      yield chunk.subarray(at, at + pieceBytes)
    }
  }
}
