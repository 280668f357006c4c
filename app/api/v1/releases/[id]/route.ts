import { EntryId } from "@/lib/catalogue/fields"
import { handler } from "@/lib/http/handler"
import { changeRelease, removeRelease } from "@/lib/releases/keep-releases"
import { Release, ReleaseDraft } from "@/lib/releases/schemas"

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
