import { handler } from "@/lib/http/handler"
import { listTerminals } from "@/lib/quarantine/list-terminals"
import { GroupQuery } from "@/lib/quarantine/schemas"

export const GET = handler({ may: "quarantine:read", query: GroupQuery, run: listTerminals })
