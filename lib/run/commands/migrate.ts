import { parseArgs } from "node:util"
import { log } from "@/lib/base/log/log"
import { runCommand } from "@/lib/run/commands/run-command"
import { bootstrap } from "@/lib/run/launch/bootstrap"
import { migrate } from "@/lib/run/launch/migrate"

await runCommand(async () => {
  const { values } = parseArgs({ options: { "first-admin": { type: "boolean", default: false } } })
  log.info(await migrate(), "the database is up to date")
  const admin = values["first-admin"] ? await bootstrap() : null
  if (admin) process.stdout.write(`Sign in as ${admin.email} with the one-time password ${admin.password}\n`)
})
