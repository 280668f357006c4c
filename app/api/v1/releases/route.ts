import { handler } from "@/lib/http/handler"
import { addRelease } from "@/lib/releases/keep-releases"
import { listReleases } from "@/lib/releases/list-releases"
import { ReleaseDraft } from "@/lib/releases/schemas"

export const GET = handler({ may: "fleet:read", run: listReleases })

export const POST = handler({ may: "catalogue:write", body: ReleaseDraft, run: addRelease })
