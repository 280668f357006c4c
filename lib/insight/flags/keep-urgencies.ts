import { asWorker } from "@/lib/base/db/transaction"
import { writeUrgencies } from "@/lib/insight/flags/urgency-sql"

/** Gives flags of an earlier version the urgencies of this one. */
export const keepUrgencies = (): Promise<unknown> => asWorker(writeUrgencies)
