import { parseArgs } from "node:util"
import { z } from "zod"
import { commandActor, scopes } from "@/lib/access/actor/actor"
import { storesOfCodes } from "@/lib/access/actor/places"
import { createKey } from "@/lib/access/keys/create-key"
import { inOrganisation, wholeOrganisation } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import { writtenText } from "@/lib/base/text/fields"
import { organisationOf, runCommand } from "@/lib/run/commands/run-command"

const usage = [
  `npm run --silent key:create -- --label NAME --scope ${scopes.join(" --scope ")}`,
  "[--store CODE ...] [--expires 2027-12-31] [--org NAME]",
].join(" ")
const Arguments = z.object({
  label: writtenText(100).min(1),
  scope: z.array(z.enum(scopes)).min(1),
  store: z.array(z.string()).optional(),
  /** A day (the key expires at its end in UTC), or a time with offset. */
  expires: z
    .union([z.iso.date().transform((day) => `${day}T23:59:59Z`), z.iso.datetime({ offset: true })])
    .optional(),
  org: z.string().optional(),
})

await runCommand(async () => {
  const { values } = parseArgs({
    options: {
      label: { type: "string" },
      scope: { type: "string", multiple: true },
      store: { type: "string", multiple: true },
      expires: { type: "string" },
      org: { type: "string" },
    },
  })
  const parsed = Arguments.safeParse(values)
  if (!parsed.success) throw new AppError("invalid", `Usage: ${usage}`)
  const { label, scope, store, expires, org } = parsed.data
  const { id: orgId } = await organisationOf(org)
  const stores = store && (await inOrganisation(wholeOrganisation(orgId), (db) => storesOfCodes(db, store)))
  const reach = stores ? { merchants: [], regions: [], stores } : null
  const { key } = await createKey({
    actor: commandActor(orgId),
    key: { label, scopes: scope, reach, expiresAt: expires ?? null },
  })
  process.stdout.write(`${key}\n`)
})
