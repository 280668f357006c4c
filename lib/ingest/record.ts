import type { Actor } from "@/lib/access/actor"
import { requirePermission } from "@/lib/access/permissions"
import { AppError } from "@/lib/errors"
import { emptyAnswer, mostErrors, type IngestAnswer } from "@/lib/ingest/answer"
import { checkRecord, type Common, type Parsed, type Rejected, type Rules } from "@/lib/ingest/check"
import { csvValues } from "@/lib/ingest/csv-values"
import { KnownFields, UnknownFields } from "@/lib/ingest/ignored"
import { Merger } from "@/lib/ingest/merge"
import type { Noun } from "@/lib/ingest/noun"
import { readRecords, type RawRecord, type Shape } from "@/lib/ingest/read-records"
import { inSlot } from "@/lib/ingest/slots"
import type { Upload } from "@/lib/ingest/upload"

const sliceSize = 1_000
/** Records may be long: a slice is no more characters than this and one record. */
const sliceLength = 1024 * 1024

type Recording = { actor: Actor; upload: Upload }

/**
 * The verb of a noun: takes in a body of records. Each is checked alone, good ones are durable before the
 * answer, bad ones are kept masked in quarantine. An envelope that breaks in the middle throws after the
 * slices before it were stored, and says so: records have identities, so sending all again is safe.
 */
export function recorder<Record extends Common>(noun: Noun<Record>): (input: Recording) => Promise<IngestAnswer> {
  const reading = {
    noun, merger: new Merger(noun), knownFields: new KnownFields(noun.fields),
    shape: { envelope: noun.envelope, fromCsv: csvValues(noun.fields) },
  }
  return ({ actor, upload }) => {
    requirePermission(actor, "ingest")
    return inSlot(actor.orgId, upload, () => recordSlices(reading, { actor, upload }))
  }
}

type Reading<Record extends Common> = { noun: Noun<Record>; merger: Merger<Record>; shape: Shape; knownFields: KnownFields }

async function recordSlices<Record extends Common>(
  { noun, merger, shape, knownFields }: Reading<Record>, { actor, upload }: Recording,
): Promise<IngestAnswer> {
  const run: Run<Record> = {
    merger, orgId: actor.orgId, stores: actor.stores,
    schema: noun.schema,
    unknownFields: new UnknownFields(knownFields),
    receivedAt: upload.receivedAt?.getTime() ?? Date.now(),
    isImport: upload.isImport ?? false,
    firstReceivedAt: upload.firstReceivedAt,
  }
  const answer = emptyAnswer()
  let slice: RawRecord[] = []
  let length = 0
  try {
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
  } catch (error) {
    if (error instanceof AppError && answer.accepted + answer.duplicates + answer.rejected > 0) {
      const { accepted, duplicates, rejected } = answer
      throw new AppError(error.code, error.message, { ...error.detail, stored: { accepted, duplicates, rejected } })
    }
    throw error
  }
  await storeSlice(run, slice, answer)
  return { ...answer, ignored: run.unknownFields.names }
}

type Run<Record extends Common> = Rules<Record> & { merger: Merger<Record>; orgId: string; stores: readonly number[] | null; firstReceivedAt: readonly Date[] | undefined }

async function storeSlice<Record extends Common>(run: Run<Record>, slice: RawRecord[], answer: IngestAnswer): Promise<void> {
  const refused: Rejected[] = []
  const parsed: Parsed<Record>[] = []
  for (const raw of slice) {
    const first = run.firstReceivedAt?.[raw.index]
    const result = checkRecord(first ? { ...run, receivedAt: first.getTime() } : run, raw)
    if ("rejection" in result) refused.push(result)
    else parsed.push(result)
  }
  if (slice.length === 0) return
  const { receivedAt, isImport, stores } = run
  const isReplay = run.firstReceivedAt !== undefined
  const { accepted, duplicates, rejected } = await run.merger.store(run.orgId, { parsed, refused, receivedAt, isImport, isReplay, stores })
  answer.accepted += accepted
  answer.duplicates += duplicates
  answer.rejected += rejected.length
  const told = isImport || isReplay ? rejected.length : mostErrors - answer.errors.length
  const inOrder = rejected.map(({ rejection }) => rejection).toSorted((a, b) => a.index - b.index)
  answer.errors.push(...inOrder.slice(0, told))
}
