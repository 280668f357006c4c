import { handler } from "@/lib/access/routes/handler"
import { ChangeAnswer, MergeRequest } from "@/lib/fleet/terminals/life/life-schemas"
import { mergeTerminals } from "@/lib/fleet/terminals/merge/merge-terminals"
import { TerminalId } from "@/lib/fleet/terminals/schemas"

export const POST = handler({
  may: "inventory:write",
  params: TerminalId,
  body: MergeRequest,
  answer: ChangeAnswer,
  run: ({ actor, params, body }) => mergeTerminals({ actor, terminalId: params.id, ...body }),
})
