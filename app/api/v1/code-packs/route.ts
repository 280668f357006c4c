import { listCodePacks } from "@/lib/causes/list-code-packs"
import { CodePackList } from "@/lib/causes/schemas"
import { handler } from "@/lib/http/handler"

export const GET = handler({ may: "fleet:read", answer: CodePackList, run: listCodePacks })
