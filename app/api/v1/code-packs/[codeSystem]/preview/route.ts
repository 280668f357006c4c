import { handler } from "@/lib/access/routes/handler"
import { previewCodePack } from "@/lib/fleet/code-packs/preview-code-pack"
import { readCodeTable } from "@/lib/fleet/code-packs/read-code-table"
import { CodeSystem, CodeTablePreview } from "@/lib/fleet/code-packs/schemas"

export const POST = handler({
  may: "codes:write",
  params: CodeSystem,
  answer: CodeTablePreview,
  run: async ({ actor, params, request }) =>
    previewCodePack({ actor, ...params, ...(await readCodeTable(request)) }),
})
