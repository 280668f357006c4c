import type { Actor } from "@/lib/access/actor/actor"
import { requirePermission } from "@/lib/access/actor/permissions"
import { unavailableError } from "@/lib/base/db/unavailable-error"
import { AppError } from "@/lib/base/errors"
import { Pace } from "@/lib/base/http/pace"
import type { Upload } from "@/lib/base/http/upload"
import { emptyAnswer, mostErrors, type IngestAnswer } from "@/lib/intake/ingest/answer"
import { checkRecord, type Common, type Parsed, type Rejected, type Rules } from "@/lib/intake/ingest/check"
import type { Contract } from "@/lib/intake/ingest/contract"
import { csvValues } from "@/lib/intake/ingest/csv-values"
import { IgnoredFields, KnownFields } from "@/lib/intake/ingest/ignored"
import { Merger } from "@/lib/intake/ingest/merge"
import type { Noun } from "@/lib/intake/ingest/noun"
import type { RawRecord } from "@/lib/intake/ingest/raw-record"
import { isShort, readRecords, readShort, type Shape } from "@/lib/intake/ingest/read-records"
import { preparer, type Ready } from "@/lib/intake/ingest/rows"
import { inSlot } from "@/lib/intake/ingest/slots"
import type { Named } from "@/lib/intake/ingest/terminals"

const sliceSize = 1_000
/** More records than this are checked in a turn of their own. */
const fewRecords = 50
/** A slice has at most this many characters and one record, because records may be long. */
const sliceLength = 1024 * 1024

type Recording = { actor: Actor; upload: Upload }

/**
 * Makes the function that stores a body of records for a noun. Each record is checked on its own. Accepted
 * records are durable before the answer; rejected ones are stored masked in quarantine. If the envelope
 * breaks in the middle, it throws with the number of records stored before that. Records have identities, so
 * the sender can send all again.
 */
export function recorder<Record extends Common, RecordSummary extends Named>(
  noun: Noun<Record, RecordSummary>,
): (input: Recording) => Promise<IngestAnswer> {
  const reading = {
    merger: new Merger(noun),
    contract: noun.contract,
    knownFields: new KnownFields(noun.schema.shape),
    prepare: preparer(noun.storedFields, noun.summary),
    shape: { envelope: noun.envelope, fromCsv: csvValues(noun.schema.shape) },
  }
  return ({ actor, upload }) => {
    requirePermission(actor, "ingest")
    // Terminals' clocks are compared with the time of arrival, not with the time of storing.
    const receivedAt = upload.receivedAt ?? new Date()
    return inSlot(actor.orgId, { ...upload, receivedAt }, (ready) =>
      recordSlices(reading, { actor, upload: ready }),
    )
  }
}

type Prepare<Record extends Common, RecordSummary extends Named> = (
  parsed: Parsed<Record>,
) => Ready<RecordSummary>
type Reading<Record extends Common, RecordSummary extends Named> = {
  merger: Merger<Record, RecordSummary>
  contract: Contract<Record>
  knownFields: KnownFields
  prepare: Prepare<Record, RecordSummary>
  shape: Shape
}

async function recordSlices<Record extends Common, RecordSummary extends Named>(
  { merger, contract, knownFields, prepare, shape }: Reading<Record, RecordSummary>,
  { actor, upload }: Recording,
): Promise<IngestAnswer> {
  const run: Run<Record, RecordSummary> = {
    merger,
    orgId: actor.orgId,
    stores: actor.stores,
    contract,
    prepare,
    ignored: new IgnoredFields(knownFields),
    receivedAt: upload.receivedAt?.getTime() ?? Date.now(),
    isImport: upload.isImport ?? false,
    firstReceivedAt: upload.firstReceivedAt,
  }
  const answer = emptyAnswer()
  let slice: RawRecord[] = []
  let length = 0
  try {
    if (isShort(upload)) slice = readShort(upload)
    else
      for await (const records of readRecords(upload, shape)) {
        for (const record of records) {
          slice.push(record)
          length += record.text.length
          if (slice.length < sliceSize && length < sliceLength) continue
          await storeSlice(run, slice, answer)
          slice = []
          length = 0
        }
      }
    await storeSlice(run, slice, answer)
  } catch (thrown) {
    const error = unavailableError(thrown) ?? thrown
    if (error instanceof AppError && answer.accepted + answer.duplicates + answer.rejected > 0) {
      const { accepted, duplicates, rejected } = answer
      throw new AppError(error.code, error.message, {
        ...error.detail,
        stored: { accepted, duplicates, rejected },
      })
    }
    throw thrown
  }
  return { ...answer, ignored: run.ignored.names }
}

type Run<Record extends Common, RecordSummary extends Named> = Rules<Record> & {
  merger: Merger<Record, RecordSummary>
  prepare: Prepare<Record, RecordSummary>
  orgId: string
  stores: readonly number[] | null
  firstReceivedAt: readonly Date[] | undefined
}

async function storeSlice<Record extends Common, RecordSummary extends Named>(
  run: Run<Record, RecordSummary>,
  slice: RawRecord[],
  answer: IngestAnswer,
): Promise<void> {
  const refused: Rejected[] = []
  const ready: Ready<RecordSummary>[] = []
  const pace = new Pace()
  if (slice.length > fewRecords) await pace.giveWay()
  for (const raw of slice) {
    if (pace.isDue) await pace.giveWay()
    const first = run.firstReceivedAt?.[raw.index]
    const result = checkRecord(first ? { ...run, receivedAt: first.getTime() } : run, raw)
    if ("rejection" in result) refused.push(result)
    else ready.push(run.prepare(result))
  }
  if (slice.length === 0) return
  const { receivedAt, isImport, stores } = run
  const isReplay = run.firstReceivedAt !== undefined
  const { accepted, duplicates, rejected } = await run.merger.store(run.orgId, {
    ready,
    refused,
    receivedAt,
    isImport,
    isReplay,
    stores,
  })
  answer.accepted += accepted
  answer.duplicates += duplicates
  answer.rejected += rejected.length
  const room = isImport || isReplay ? rejected.length : mostErrors - answer.errors.length
  const inOrder = rejected.map(({ rejection }) => rejection).toSorted((a, b) => a.index - b.index)
  answer.errors.push(...inOrder.slice(0, room))
}
