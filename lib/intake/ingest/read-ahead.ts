const aheadBytes = 64 * 1024

/** A body whose first bytes have arrived. */
type Ahead = {
  body: AsyncIterable<Uint8Array>
  /** Releases the unread rest. */
  close(): Promise<void>
}

/**
 * Waits for the first bytes of a body. A request that takes its turn after that does not block the queue for
 * a slow sender.
 */
async function readAhead(body: AsyncIterable<Uint8Array>): Promise<Ahead> {
  const chunks = body[Symbol.asyncIterator]()
  const rest: AsyncIterable<Uint8Array> = { [Symbol.asyncIterator]: () => chunks }
  const ahead: Uint8Array[] = []
  for (let length = 0; length < aheadBytes;) {
    const next = await chunks.next()
    if (next.done) break
    length += next.value.byteLength
    ahead.push(next.value)
  }
  async function* whole() {
    for (let chunk = ahead.shift(); chunk; chunk = ahead.shift()) yield chunk
    yield* rest
  }
  return { body: whole(), close: async () => void (await chunks.return?.()) }
}

/** Runs with the body in a turn of `takeTurns`, which starts when the first bytes have arrived. */
export async function inTurn<T>(
  takeTurns: (run: () => Promise<T>) => Promise<T>,
  body: AsyncIterable<Uint8Array>,
  run: (body: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<T> {
  const ahead = await readAhead(body)
  try {
    return await takeTurns(() => run(ahead.body))
  } finally {
    await ahead.close()
  }
}
