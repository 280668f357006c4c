import { handler } from "@/lib/access/routes/handler"
import { previewPolicy } from "@/lib/fleet/releases/preview-policy"
import { PolicyPreview, PolicyPreviewQuery } from "@/lib/fleet/releases/schemas"

export const GET = handler({
  may: "fleet:read",
  query: PolicyPreviewQuery,
  answer: PolicyPreview,
  run: previewPolicy,
})
