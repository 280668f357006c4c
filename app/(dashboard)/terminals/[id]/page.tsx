import type { Metadata } from "next"
import { notFound } from "next/navigation"
import { cache } from "react"
import { newestIncidents } from "@/components/incidents/view"
import { TerminalScreen } from "@/components/terminals/terminal-screen"
import { seed, Seeded, type Seed } from "@/components/ui/seeded"
import type { Actor } from "@/lib/access/actor/actor"
import { may } from "@/lib/access/actor/permissions"
import { orNotFound } from "@/lib/access/routes/or-not-found"
import { requireActor } from "@/lib/access/routes/page-actor"
import { listWindows } from "@/lib/fleet/maintenance/list-windows"
import { windowListOptions } from "@/lib/fleet/maintenance/queries"
import { WindowQuery } from "@/lib/fleet/maintenance/schemas"
import { getTerminal } from "@/lib/fleet/terminals/read/get-terminal"
import { terminalOptions } from "@/lib/fleet/terminals/read/queries"
import { TerminalId } from "@/lib/fleet/terminals/schemas"
import { getEvidence } from "@/lib/insight/evidence/get-evidence"
import { evidenceOptions } from "@/lib/insight/evidence/queries"
import { listFlags } from "@/lib/insight/flags/list-flags"
import { flagListOptions } from "@/lib/insight/flags/queries"
import { FlagQuery } from "@/lib/insight/flags/schemas"
import { listIncidents } from "@/lib/insight/incidents/list-incidents"
import { incidentListOptions } from "@/lib/insight/incidents/queries"

type Props = { params: Promise<{ id: string }> }

/** Reads actor and id once for title and page. */
const read = cache(async (id: string) => {
  const actor = await requireActor("fleet:read")
  const parsed = TerminalId.safeParse({ id })
  if (!parsed.success) notFound()
  const terminal = await getTerminal({ actor, terminalId: parsed.data.id }).catch(orNotFound)
  return { actor, terminal }
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { terminal } = await read((await params).id)
  return { title: terminal.serial }
}

/** What stands above the terminal's state, so that nothing moves when it comes. */
async function seedsAbove(actor: Actor, terminal: number): Promise<Seed[]> {
  const ofFlags = { terminal, status: "open" as const }
  const newest = newestIncidents(terminal)
  const flags = await listFlags({ actor, query: FlagQuery.parse(ofFlags) })
  const rules = flags.data.flatMap(({ reasons }) =>
    reasons.flatMap((reason) => (reason.code === "fails_often" ? [reason.rule] : [])),
  )
  return [
    seed(flagListOptions(ofFlags), () => Promise.resolve(flags)),
    seed(windowListOptions({ terminal }), () =>
      listWindows({ actor, query: WindowQuery.parse({ terminal }) }),
    ),
    seed(incidentListOptions(newest), () => listIncidents({ actor, query: newest })),
    ...rules.map((rule) =>
      seed(evidenceOptions(terminal, rule), () =>
        getEvidence({ actor, terminalId: terminal, query: { rule } }),
      ),
    ),
  ]
}

export default async function TerminalPage({ params }: Props) {
  const { actor, terminal } = await read((await params).id)
  const seeds = [
    seed(terminalOptions(terminal.id), () => Promise.resolve(terminal)),
    ...(await seedsAbove(actor, terminal.id)),
  ]
  return (
    <Seeded seeds={seeds}>
      <TerminalScreen
        terminalId={terminal.id}
        canChange={may(actor, "inventory:write")}
        canHandle={may(actor, "flags:write")}
      />
    </Seeded>
  )
}
