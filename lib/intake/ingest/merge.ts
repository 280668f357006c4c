import { AppError } from "@/lib/base/errors"
import type { Common } from "@/lib/intake/ingest/check"
import { countStored } from "@/lib/intake/ingest/count-stored"
import type { Noun } from "@/lib/intake/ingest/noun"
import type { Part, Stored, Way } from "@/lib/intake/ingest/part"
import { storeParts } from "@/lib/intake/ingest/store"
import type { Named } from "@/lib/intake/ingest/terminals"
import { Watermarks } from "@/lib/intake/ingest/watermarks"

type Waiting = { part: Part; resolve: (stored: Stored) => void; reject: (error: unknown) => void }

/** Concurrent transactions per noun. Parts that arrive while they run are collected for the next one. */
const mostWriters = 2
const mostRecords = 2_000
/**
 * Fewer records than this wait for the transaction that is running: few large commits cost less than many
 * small ones. More are stored meanwhile, so that neither this process nor the database waits for the other.
 */
const recordsForAnotherWriter = 32

/** Characters of rejected records per transaction, because they are masked and written in full. */
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
 * Merges the parts of concurrent uploads of an organisation into one transaction to save commits. Each part
 * is answered after its commit.
 */
export class Merger<Record extends Common, RecordSummary extends Named> {
  readonly #noun: Noun
  readonly #queues = new Map<string, Waiting[]>()
  readonly #watermarks = new Watermarks()
  #writers = 0
  #isAboutToWrite = false

  constructor(noun: Noun<Record, RecordSummary>) {
    // Records and rows are read only by the noun that made them.
    this.#noun = noun as unknown as Noun
  }

  store(orgId: string, part: Part<RecordSummary>): Promise<Stored> {
    return new Promise((resolve, reject) => {
      const queue = this.#queues.get(orgId) ?? []
      queue.push({ part, resolve, reject })
      this.#queues.set(orgId, queue)
      this.#writeAfterTurn()
    })
  }

  /** Parts that arrive in the same turn of the event loop are stored together. */
  #writeAfterTurn(): void {
    if (this.#isAboutToWrite) return
    this.#isAboutToWrite = true
    setImmediate(() => {
      this.#isAboutToWrite = false
      this.#write()
    })
  }

  #write(): void {
    if (this.#writers >= mostWriters) return
    const [next] = this.#queues
    if (!next) return
    const [orgId, queue] = next
    if (this.#writers > 0 && sizeOf(queue) < recordsForAnotherWriter) return
    // The organisation goes to the end of the queue with the rest of its parts.
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
          // Nothing is stored. If the days of one part are not prepared yet, the other parts are tried
          // without it.
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
