import { handler } from "@/lib/access/routes/handler"
import { readCodeTable } from "@/lib/fleet/code-packs/read-code-table"
import { uploadCodePack } from "@/lib/fleet/code-packs/upload-code-pack"
import { CodeSystem, UploadedPack } from "@/lib/insight/rates/schemas"

export const PUT = handler({
  may: "codes:write",
  params: CodeSystem,
  answer: UploadedPack,
  run: async ({ actor, params, request }) =>
    uploadCodePack({ actor, ...params, ...(await readCodeTable(request)) }),
})
