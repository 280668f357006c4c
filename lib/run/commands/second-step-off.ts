import { parseArgs } from "node:util"
import { z } from "zod"
import { commandActor } from "@/lib/access/actor/actor"
import { findCredentials } from "@/lib/access/credentials/find-credentials"
import { removeSecondFactor } from "@/lib/access/users/remove-second-factor"
import { AppError } from "@/lib/base/errors"
import { runCommand } from "@/lib/run/commands/run-command"

const usage = "npm run user:second-step-off -- --email NAME@EXAMPLE.COM"
const Arguments = z.object({ email: z.email() })

await runCommand(async () => {
  const parsed = Arguments.safeParse(parseArgs({ options: { email: { type: "string" } } }).values)
  if (!parsed.success) throw new AppError("invalid", `Usage: ${usage}`)
  const { email } = parsed.data
  const user = await findCredentials(email)
  if (!user?.totp_enabled) throw new AppError("not_found", `${email} does not use two-step verification.`)
  await removeSecondFactor({ actor: commandActor(user.org_id), userId: user.id })
  process.stdout.write(`Two-step verification is off for ${email}.\n`)
})
