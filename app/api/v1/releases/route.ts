import { handler } from "@/lib/http/handler"
import { addRelease } from "@/lib/releases/keep-releases"
import { listReleases } from "@/lib/releases/list-releases"
import { Release, ReleaseDraft, ReleaseList } from "@/lib/releases/schemas"

export const GET = handler({ may: "fleet:read", answer: ReleaseList, run: listReleases })

export const POST = handler({ may: "catalogue:write", body: ReleaseDraft, answer: Release, run: addRelease })
