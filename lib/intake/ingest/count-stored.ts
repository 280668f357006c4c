import { metrics } from "@/lib/base/metrics"
import type { RejectionCode } from "@/lib/intake/ingest/answer"
import { noteDuplicates } from "@/lib/intake/ingest/note-duplicates"
import type { Stored, Way } from "@/lib/intake/ingest/part"

/**
 * Counts the records of one transaction in the metrics, and the known ones for their organisation: once for
 * all of its uploads, because there are thousands per second.
 */
export function countStored({ noun: { kind: noun }, orgId }: Way, stored: Stored[], seconds: number): void {
  let [accepted, duplicates] = [0, 0]
  const rejected = new Map<RejectionCode, number>()
  for (const one of stored) {
    accepted += one.accepted
    duplicates += one.duplicates
    for (const {
      rejection: { code },
    } of one.rejected)
      rejected.set(code, (rejected.get(code) ?? 0) + 1)
  }
  noteDuplicates(orgId, duplicates)
  metrics.records.inc({ noun, outcome: "accepted", code: "" }, accepted)
  metrics.records.inc({ noun, outcome: "duplicate", code: "" }, duplicates)
  for (const [code, count] of rejected) metrics.records.inc({ noun, outcome: "rejected", code }, count)
  metrics.mergedRecords.observe(
    { noun },
    accepted + duplicates + [...rejected.values()].reduce((sum, count) => sum + count, 0),
  )
  metrics.commitSeconds.observe({ noun }, seconds)
}
