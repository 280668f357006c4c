const aheadBytes = 64 * 1024

/** A body whose beginning is here already. */
type Ahead = {
  body: AsyncIterable<Uint8Array>
  /** Lets go of what was not read. */
  close(): Promise<void>
}

/**
 * Reads the beginning of a body. Who takes a turn only after that never holds one up for a sender that sends
 * a byte now and then.
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

/** Runs with the body in a turn of `takeTurns`, which begins when the body's beginning is here. */
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
