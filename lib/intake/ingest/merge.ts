import { AppError } from "@/lib/base/errors"
import type { Common } from "@/lib/intake/ingest/check"
import { countStored } from "@/lib/intake/ingest/count-stored"
import type { Noun } from "@/lib/intake/ingest/noun"
import { storeParts, type Part, type Stored, type Way } from "@/lib/intake/ingest/store"
import type { Named } from "@/lib/intake/ingest/terminals"
import { Watermarks } from "@/lib/intake/ingest/watermarks"

type Waiting = { part: Part; resolve: (stored: Stored) => void; reject: (error: unknown) => void }

/** Transactions of one noun under way at a time; while they write, parts that come in gather for the next. */
const mostWriters = 2
const mostRecords = 2_000
/**
 * Fewer records than this wait for the writer under way: few and large commits cost less than many small
 * ones.
 */
const worthAnotherWriter = 1_000

/** Characters of refused records that are kept in one transaction: they are masked and written whole. */
const mostRefusedText = 2 * 1024 * 1024

const recordsIn = ({ ready, refused }: Part): number => ready.length + refused.length
const refusedText = ({ refused }: Part): number =>
  refused.reduce((total, { raw }) => total + raw.text.length, 0)

const sizeOf = (queue: Waiting[]): number => queue.reduce((total, { part }) => total + recordsIn(part), 0)

async function stored(way: Way, parts: Part[]): Promise<Stored[]> {
  const begun = performance.now()
  const answers = await storeParts(way, parts)
  countStored(way.noun, answers, (performance.now() - begun) / 1000)
  return answers
}

/**
 * Merges the parts of concurrent uploads of an organisation into one transaction, so that a commit is paid
 * for once. Each part is answered after the commit that made it durable.
 */
export class Merger<Record extends Common, RecordSummary extends Named> {
  readonly #noun: Noun
  readonly #queues = new Map<string, Waiting[]>()
  readonly #watermarks = new Watermarks()
  #writers = 0

  constructor(noun: Noun<Record, RecordSummary>) {
    // Records and rows are only ever read by the noun that made them.
    this.#noun = noun as unknown as Noun
  }

  store(orgId: string, part: Part<RecordSummary>): Promise<Stored> {
    return new Promise((resolve, reject) => {
      const queue = this.#queues.get(orgId) ?? []
      queue.push({ part, resolve, reject })
      this.#queues.set(orgId, queue)
      // What came in by the same turn of the event loop goes together.
      setImmediate(() => this.#write())
    })
  }

  #write(): void {
    if (this.#writers >= mostWriters) return
    const [next] = this.#queues
    if (!next) return
    const [orgId, queue] = next
    if (this.#writers > 0 && queue.length < worthAnotherWriter && sizeOf(queue) < worthAnotherWriter) return
    // The organisation goes to the back of the line with what is left of its queue.
    this.#queues.delete(orgId)
    let [records, text, count] = [0, 0, 0]
    for (const { part } of queue) {
      records += recordsIn(part)
      text += refusedText(part)
      if (count > 0 && (records > mostRecords || text > mostRefusedText)) break
      count += 1
    }
    const batch = queue.splice(0, count)
    if (queue.length > 0) this.#queues.set(orgId, queue)

    this.#writers += 1
    const way = { noun: this.#noun, orgId, watermarks: this.#watermarks, mayCopy: true }
    void stored(
      way,
      batch.map(({ part }) => part),
    )
      .then(
        (answers) =>
          batch.forEach(({ resolve, reject }, i) => {
            const one = answers[i]
            if (one) resolve(one)
            else reject(new Error("a part was not answered"))
          }),
        async (error: unknown) => {
          const mayBeOfOne = batch.length > 1 && error instanceof AppError && error.code === "unavailable"
          if (!mayBeOfOne) return batch.forEach(({ reject }) => reject(error))
          // Nothing is stored. One part's days may not be prepared yet: the others do not wait for that.
          await Promise.all(
            batch.map(({ part, resolve, reject }) =>
              stored(way, [part]).then(([one]) => (one ? resolve(one) : reject(error)), reject),
            ),
          )
        },
      )
      .finally(() => {
        this.#writers -= 1
        this.#write()
      })
    this.#write()
  }
}
