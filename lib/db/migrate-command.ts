import { parseArgs } from "node:util"
import { bootstrap } from "@/lib/access/bootstrap"
import { runCommand } from "@/lib/command"
import { migrate } from "@/lib/db/migrate"
import { log } from "@/lib/log"

await runCommand(async () => {
  const { values } = parseArgs({ options: { "first-admin": { type: "boolean", default: false } } })
  log.info(await migrate(), "the database is up to date")
  const admin = values["first-admin"] ? await bootstrap() : null
  if (admin) process.stdout.write(`Sign in as ${admin.email} with the one-time password ${admin.password}\n`)
})
