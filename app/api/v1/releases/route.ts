import { handler } from "@/lib/access/routes/handler"
import { addRelease } from "@/lib/fleet/releases/change-releases"
import { listReleases } from "@/lib/fleet/releases/list-releases"
import { Release, ReleaseDraft, ReleaseList } from "@/lib/fleet/releases/schemas"

export const GET = handler({ may: "fleet:read", answer: ReleaseList, run: listReleases })

export const POST = handler({ may: "catalogue:write", body: ReleaseDraft, answer: Release, run: addRelease })
