import { handler } from "@/lib/access/routes/handler"
import { listCodePacks } from "@/lib/fleet/code-packs/list-code-packs"
import { CodePackList } from "@/lib/fleet/code-packs/schemas"

export const GET = handler({ may: "fleet:read", answer: CodePackList, run: listCodePacks })
