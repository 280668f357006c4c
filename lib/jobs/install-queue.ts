import { runMigrations } from "graphile-worker"
import { queueOptions } from "@/lib/jobs/queue-options"

/** Makes or updates the queue's own schema, graphile_worker. */
export const installQueue = (): Promise<void> => runMigrations(queueOptions())
