import type { useFormatter } from "next-intl"
import { shownShare } from "@/lib/base/statistics/shown-share"

type Format = Pick<ReturnType<typeof useFormatter>, "number">

/** A share as percent with fixed decimals: one on screens, two in tables. A dash without data. */
export function percentText(format: Format, share: number | null | undefined, decimals = 1): string {
  if (share === null || share === undefined) return "—"
  const shown = shownShare(share, decimals)
  const text = format.number(shown.share, {
    style: "percent",
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  })
  return shown.isLess ? `<${text}` : text
}

/** An interval of shares, with two decimals as in tables. */
export const intervalText = (format: Format, [low, high]: readonly [number, number]): string =>
  `${percentText(format, low, 2)} – ${percentText(format, high, 2)}`
