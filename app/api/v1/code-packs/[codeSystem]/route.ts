import { handler } from "@/lib/access/routes/handler"
import { getCodeTable } from "@/lib/fleet/code-packs/get-code-table"
import { readCodeTable } from "@/lib/fleet/code-packs/read-code-table"
import { CodeSystem, CodeTableDetail, UploadedPack } from "@/lib/fleet/code-packs/schemas"
import { uploadCodePack } from "@/lib/fleet/code-packs/upload-code-pack"

export const GET = handler({
  may: "fleet:read",
  params: CodeSystem,
  answer: CodeTableDetail,
  run: getCodeTable,
})

export const PUT = handler({
  may: "codes:write",
  params: CodeSystem,
  answer: UploadedPack,
  run: async ({ actor, params, request }) =>
    uploadCodePack({ actor, ...params, ...(await readCodeTable(request)) }),
})
