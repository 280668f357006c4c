import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query"
import { notFound } from "next/navigation"
import { TerminalScreen } from "@/components/terminals/terminal-screen"
import { may } from "@/lib/access/actor/permissions"
import { requireActor } from "@/lib/access/routes/page-actor"
import { AppError } from "@/lib/base/errors"
import { paths } from "@/lib/base/paths"
import { getTerminal } from "@/lib/fleet/terminals/read/get-terminal"
import { terminalOptions } from "@/lib/fleet/terminals/read/queries"
import { TerminalId } from "@/lib/fleet/terminals/schemas"

type Props = { params: Promise<{ id: string }> }

export default async function TerminalPage({ params }: Props) {
  const { id } = await params
  const actor = await requireActor(`${paths.terminals}/${id}`, "fleet:read")
  const parsed = TerminalId.safeParse({ id })
  if (!parsed.success) notFound()
  const terminalId = parsed.data.id
  const terminal = await getTerminal({ actor, terminalId }).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not_found") notFound()
    throw error
  })
  const queryClient = new QueryClient()
  queryClient.setQueryData(terminalOptions(terminalId).queryKey, terminal)
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <TerminalScreen terminalId={terminalId} canChange={may(actor, "inventory:write")} />
    </HydrationBoundary>
  )
}
