import { handler } from "@/lib/access/routes/handler"
import { getCode } from "@/lib/fleet/code-packs/get-code"
import { forgetCode, mapCodes } from "@/lib/fleet/code-packs/map-codes"
import { CodeDetail, CodeQuery, CodeSystem, MappedCodes, UploadedPack } from "@/lib/fleet/code-packs/schemas"

export const GET = handler({
  may: "fleet:read",
  params: CodeSystem,
  query: CodeQuery,
  answer: CodeDetail,
  run: getCode,
})

export const POST = handler({
  may: "codes:write",
  params: CodeSystem,
  body: MappedCodes,
  answer: UploadedPack,
  run: mapCodes,
})

export const DELETE = handler({
  may: "codes:write",
  params: CodeSystem,
  query: CodeQuery,
  answer: UploadedPack,
  run: forgetCode,
})
