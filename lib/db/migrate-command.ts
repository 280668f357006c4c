import { closeDatabase } from "@/lib/db/client"
import { migrate } from "@/lib/db/migrate"
import { log } from "@/lib/log"

log.info(await migrate(), "the database is up to date")
await closeDatabase()
