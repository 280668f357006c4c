import type { ChangeRefusal, CurrentAssignments } from "@/lib/fleet/terminals/life/life"

type Merge = { kept: CurrentAssignments; merged: CurrentAssignments; areAlike: boolean }

/** Why a terminal cannot be merged into another one, or null. */
export function refuseMerge({ kept, merged, areAlike }: Merge): ChangeRefusal | null {
  if (kept.id === merged.id)
    return { reason: "not_possible", message: "A terminal cannot be merged into itself." }
  if (kept.status === "retired")
    return {
      reason: "not_possible",
      message: `${kept.serial} is retired. Merge it into ${merged.serial} instead.`,
    }
  return areAlike
    ? null
    : {
        reason: "not_alike",
        message:
          `${kept.serial} and ${merged.serial} differ by more than blanks, dashes, dots and underscores, ` +
          "so they are two terminals.",
      }
}
