/**
 * Rows as plain numbers, a block for each slice of them: a large fleet's would take four times the memory as
 * objects.
 */
export type Blocks = readonly Float64Array[]

/** Makes each row again from its numbers, in the order in which they were written, whenever it is read. */
export const rowsIn = <Row>(blocks: Blocks, read: (next: () => number) => Row): Iterable<Row> => ({
  *[Symbol.iterator]() {
    for (const block of blocks) {
      let at = 0
      const next = () => block[at++] ?? 0
      while (at < block.length) yield read(next)
    }
  },
})
