import { parseArgs } from "node:util"
import { z } from "zod"
import { turnTotpOff } from "@/lib/access/account/sql"
import { commandActor } from "@/lib/access/actor/actor"
import { recordDeeds } from "@/lib/access/audit/record-deeds"
import { userByEmail } from "@/lib/access/sign-in/sql"
import { inOrganisation, wholeOrganisation } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { runCommand } from "@/lib/run/commands/run-command"

const usage = "npm run user:second-step-off -- --email NAME@EXAMPLE.COM"
const Arguments = z.object({ email: z.email() })

await runCommand(async () => {
  const parsed = Arguments.safeParse(parseArgs({ options: { email: { type: "string" } } }).values)
  if (!parsed.success) throw new AppError("invalid", `Usage: ${usage}`)
  const { email } = parsed.data
  const [user] = await userByEmail(email)
  const none = new AppError("not_found", `${email} has no second step.`)
  if (!user) throw none
  await inOrganisation(wholeOrganisation(user.org_id), async (db) => {
    const [off] = await turnTotpOff(db, user.id)
    if (!off) throw none
    await recordDeeds(db, commandActor(user.org_id), [
      {
        action: "user.second_factor_removed",
        subject: { kind: "user", id: user.id, name: email.toLowerCase() },
      },
    ])
  })
  process.stdout.write(`${email} signs in with the password alone.\n`)
})
