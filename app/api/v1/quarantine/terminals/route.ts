import { handler } from "@/lib/access/routes/handler"
import { listTerminals } from "@/lib/intake/quarantine/list-terminals"
import { GroupQuery, TerminalGroups } from "@/lib/intake/quarantine/schemas"

export const GET = handler({
  may: "quarantine:read",
  query: GroupQuery,
  answer: TerminalGroups,
  run: listTerminals,
})
