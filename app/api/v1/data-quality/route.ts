import { handler } from "@/lib/access/routes/handler"
import { dataQuality } from "@/lib/outlook/data-quality/data-quality"
import { DataQuality } from "@/lib/outlook/data-quality/schemas"

export const GET = handler({
  may: "fleet:read",
  answer: DataQuality,
  run: ({ actor }) => dataQuality({ actor }),
})
