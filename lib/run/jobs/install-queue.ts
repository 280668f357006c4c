import { runMigrations } from "graphile-worker"
import { queueOptions } from "@/lib/run/jobs/queue-options"

/** Creates or updates the schema graphile_worker. */
export const installQueue = (): Promise<void> => runMigrations(queueOptions())
