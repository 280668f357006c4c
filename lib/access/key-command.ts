import { parseArgs } from "node:util"
import { z } from "zod"
import { scopes } from "@/lib/access/actor"
import { createApiKey } from "@/lib/access/api-key"
import { organisationOf, runCommand } from "@/lib/command"
import { AppError } from "@/lib/errors"

const usage = "npm run --silent key:create -- --label NAME --scope ingest --scope read [--org NAME]"
const Arguments = z.object({ label: z.string().min(1).max(100), scope: z.array(z.enum(scopes)).min(1), org: z.string().optional() })

await runCommand(async () => {
  const { values } = parseArgs({
    options: { label: { type: "string" }, scope: { type: "string", multiple: true }, org: { type: "string" } },
  })
  const parsed = Arguments.safeParse(values)
  if (!parsed.success) throw new AppError("invalid", `Usage: ${usage}`)
  const { label, scope, org } = parsed.data
  const key = await createApiKey({ orgId: (await organisationOf(org)).id, label, scopes: [...new Set(scope)] })
  process.stdout.write(`${key}\n`)
})
