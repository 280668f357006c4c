import { Logger } from "graphile-worker"
import { env } from "@/lib/base/env"
import { log } from "@/lib/base/log/log"

// graphile-worker logs every job at info. That goes to debug, because tasks log their results.
const logger = new Logger(() => (level, message) => {
  if (level === "error") log.error({ queue: message }, "the job queue")
  else if (level === "warning") log.warn({ queue: message }, "the job queue")
  else log.debug({ queue: message }, "the job queue")
})

export const queueOptions = () => ({ connectionString: env().DATABASE_OWNER_URL, logger })
