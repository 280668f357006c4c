import { handler } from "@/lib/access/routes/handler"
import { mapCodes } from "@/lib/fleet/code-packs/map-codes"
import { CodeSystem, MappedCodes, UploadedPack } from "@/lib/fleet/code-packs/schemas"

export const POST = handler({
  may: "codes:write",
  params: CodeSystem,
  body: MappedCodes,
  answer: UploadedPack,
  run: mapCodes,
})
