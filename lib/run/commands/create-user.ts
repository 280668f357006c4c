import { parseArgs } from "node:util"
import { z } from "zod"
import { commandActor, roles } from "@/lib/access/actor/actor"
import { createUser } from "@/lib/access/users/create-user"
import { AppError } from "@/lib/base/errors"
import { cardSuspected } from "@/lib/base/text/fields"
import { holdsPan } from "@/lib/base/text/pan"
import { organisationOf, runCommand } from "@/lib/run/commands/run-command"

const usage = `npm run user:create -- --email NAME@EXAMPLE.COM --role ${roles.join("|")} [--org NAME]`
const Arguments = z.object({
  email: z.email().refine((email) => !holdsPan(email), cardSuspected),
  role: z.enum(roles),
  org: z.string().optional(),
})

await runCommand(async () => {
  const { values } = parseArgs({
    options: { email: { type: "string" }, role: { type: "string" }, org: { type: "string" } },
  })
  const parsed = Arguments.safeParse(values)
  if (!parsed.success) throw new AppError("invalid", `Usage: ${usage}`)
  const { email, role, org } = parsed.data
  const user = await createUser({ actor: commandActor((await organisationOf(org)).id), email, role })
  process.stdout.write(
    `${user.email} can sign in with the one-time password ${user.password} and must then change it.\n`,
  )
})
