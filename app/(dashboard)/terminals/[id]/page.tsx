import type { Metadata } from "next"
import { notFound } from "next/navigation"
import { cache } from "react"
import { TerminalScreen } from "@/components/terminals/terminal-screen"
import { seed, Seeded } from "@/components/ui/seeded"
import { may } from "@/lib/access/actor/permissions"
import { orNotFound } from "@/lib/access/routes/or-not-found"
import { requireActor } from "@/lib/access/routes/page-actor"
import { getTerminal } from "@/lib/fleet/terminals/read/get-terminal"
import { terminalOptions } from "@/lib/fleet/terminals/read/queries"
import { TerminalId } from "@/lib/fleet/terminals/schemas"

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

export default async function TerminalPage({ params }: Props) {
  const { actor, terminal } = await read((await params).id)
  return (
    <Seeded seeds={[seed(terminalOptions(terminal.id), () => Promise.resolve(terminal))]}>
      <TerminalScreen
        terminalId={terminal.id}
        canChange={may(actor, "inventory:write")}
        canHandle={may(actor, "flags:write")}
      />
    </Seeded>
  )
}
