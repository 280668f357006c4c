import { readCodeTable } from "@/lib/causes/read-code-table"
import { CodeSystem, UploadedPack } from "@/lib/causes/schemas"
import { uploadCodePack } from "@/lib/causes/upload-code-pack"
import { handler } from "@/lib/http/handler"

export const PUT = handler({
  may: "codes:write",
  params: CodeSystem,
  answer: UploadedPack,
  run: async ({ actor, params, request }) =>
    uploadCodePack({ actor, ...params, ...(await readCodeTable(request)) }),
})
