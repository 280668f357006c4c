import { listCodePacks } from "@/lib/causes/list-code-packs"
import { handler } from "@/lib/http/handler"

export const GET = handler({ may: "fleet:read", run: listCodePacks })
