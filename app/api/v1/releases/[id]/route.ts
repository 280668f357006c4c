import { handler } from "@/lib/access/routes/handler"
import { EntryId } from "@/lib/fleet/catalogue/fields"
import { changeRelease, removeRelease } from "@/lib/fleet/releases/change-releases"
import { Release, ReleaseDraft } from "@/lib/fleet/releases/schemas"

export const PUT = handler({
  may: "catalogue:write",
  params: EntryId,
  body: ReleaseDraft,
  answer: Release,
  run: changeRelease,
})

export const DELETE = handler({
  may: "catalogue:write",
  params: EntryId,
  answer: EntryId,
  run: removeRelease,
})
