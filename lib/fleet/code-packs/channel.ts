import type { Channel } from "@/lib/fleet/code-packs/cause"
import type { EntryMode } from "@/lib/fleet/code-packs/entry-mode"
import { channelOfSubcause, type Subcause } from "@/lib/fleet/code-packs/subcauses"

/**
 * The channel of a failed presentment, or null for ecommerce, where no card meets a terminal. Fallback
 * counts as chip, because the chip was tried first. A keyed or QR sale uses no reader, so a read failure
 * counts as the user's. The table `subcause_channel` contains the same map, and the fold joins it.
 */
export function channelOf(subcause: Subcause, entryMode: EntryMode | null): Channel | null {
  if (entryMode === "ecommerce") return null
  const channel = channelOfSubcause[subcause]
  if (channel !== "read") return channel
  switch (entryMode) {
    case "chip":
    case "fallback":
      return "chip"
    case "contactless":
      return "contactless"
    case "swipe":
      return "magstripe"
    case "manual":
    case "qr":
      return "user"
    case null:
      return subcause.startsWith("contactless")
        ? "contactless"
        : subcause.startsWith("magstripe")
          ? "magstripe"
          : "chip"
  }
}
