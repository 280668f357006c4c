import { handler } from "@/lib/access/routes/handler"
import { TerminalId } from "@/lib/fleet/terminals/schemas"
import { getEvidence } from "@/lib/insight/evidence/get-evidence"
import { Evidence, EvidenceQuery } from "@/lib/insight/evidence/schemas"

export const GET = handler({
  may: "fleet:read",
  params: TerminalId,
  query: EvidenceQuery,
  answer: Evidence,
  run: ({ actor, params, query }) => getEvidence({ actor, terminalId: params.id, query }),
})
