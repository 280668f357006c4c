import type { useFormatter } from "next-intl"
import { shownShare } from "@/lib/base/statistics/shown-share"

/** A share as percent with fixed decimals: one on screens, two in tables. A dash without data. */
export function percentText(
  format: Pick<ReturnType<typeof useFormatter>, "number">,
  share: number | null | undefined,
  decimals = 1,
): string {
  if (share === null || share === undefined) return "—"
  const shown = shownShare(share, decimals)
  const text = format.number(shown.share, {
    style: "percent",
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  })
  return shown.isLess ? `<${text}` : text
}
