import { wilsonInterval } from "@/lib/base/statistics/wilson"
import type { Training } from "@/lib/insight/trainings/schemas"
import type { EffectRow, TrainingRow } from "@/lib/insight/trainings/sql"

const failuresOf = (attempts: number, failures: number): Training["before"] => ({
  attempts,
  failures,
  rate: attempts === 0 ? null : failures / attempts,
  interval: wilsonInterval(failures, attempts),
})

/** A training with its effect. Without sales around it there is none. */
export const trainingOf = (row: TrainingRow, effect: EffectRow | undefined): Training => ({
  id: row.id,
  store: { id: row.store_id, name: row.store_name },
  operator: row.operator,
  subject: row.subject,
  heldOn: row.held_on,
  recordedAt: row.recorded_at.toISOString(),
  recordedBy: row.recorded_by,
  before: failuresOf(effect?.sales_before ?? 0, effect?.failures_before ?? 0),
  after: failuresOf(effect?.sales_after ?? 0, effect?.failures_after ?? 0),
})
