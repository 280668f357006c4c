import { handler } from "@/lib/http/handler"
import { listTerminals } from "@/lib/quarantine/list-terminals"
import { GroupQuery, TerminalGroups } from "@/lib/quarantine/schemas"

export const GET = handler({
  may: "quarantine:read",
  query: GroupQuery,
  answer: TerminalGroups,
  run: listTerminals,
})
