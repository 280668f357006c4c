import { runMigrations } from "graphile-worker"
import { queueOptions } from "@/lib/run/jobs/queue-options"

/** Makes or updates the queue's own schema, graphile_worker. */
export const installQueue = (): Promise<void> => runMigrations(queueOptions())
