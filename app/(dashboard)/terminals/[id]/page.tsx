import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query"
import { notFound } from "next/navigation"
import { TerminalScreen } from "@/components/terminals/terminal-screen"
import { requireActor } from "@/lib/access/page-actor"
import { may } from "@/lib/access/permissions"
import { AppError } from "@/lib/errors"
import { paths } from "@/lib/paths"
import { getTerminal } from "@/lib/terminals/get-terminal"
import { terminalOptions } from "@/lib/terminals/queries"
import { TerminalId } from "@/lib/terminals/schemas"

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
