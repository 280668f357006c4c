import { maskPans } from "@/lib/base/text/pan"
import type { Row } from "@/lib/intake/imports/mapping/row"
import type { RejectedRow } from "@/lib/intake/imports/runs/schemas"

export const rejectedRow = (
  { line, cells }: Row,
  code: string,
  field: string | null,
  message: string,
): RejectedRow => ({
  line,
  field,
  code,
  message,
  row: maskPans(JSON.stringify(cells)),
})
