import { setImmediate as nextTurn } from "node:timers/promises"

/** How long one request may work before others have their turn. */
const longestStretchMs = 5

let lastTurn = Promise.resolve()

/**
 * A turn of the event loop that no other large request has: the database's answers are taken between any two
 * of them, however many there are.
 */
function ownTurn(): Promise<void> {
  lastTurn = lastTurn.then(() => nextTurn())
  return lastTurn
}

/** Lets other requests run between the parts of a large one. */
export class Pace {
  #begun = performance.now()

  /** Whether it is time to let others run. Asking costs almost nothing. */
  get isDue(): boolean {
    return performance.now() - this.#begun > longestStretchMs
  }

  async giveWay(): Promise<void> {
    await ownTurn()
    this.#begun = performance.now()
  }
}

const pieceBytes = 16 * 1024

/** A body in parts, each small enough to process in one go. */
export async function* inPieces(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const pace = new Pace()
  for await (const chunk of body) {
    for (let at = 0; at < chunk.byteLength; at += pieceBytes) {
      if (pace.isDue) await pace.giveWay()
      yield chunk.subarray(at, at + pieceBytes)
    }
  }
}
