// Apart from the schemas, so that screens can use them without loading zod.

export const groupings = [
  "cause",
  "subcause",
  "code",
  "store",
  "merchant",
  "region",
  "model",
  "release",
  "acquirer",
  "issuer",
  "entryMode",
  "operator",
  "terminal",
] as const
export type Grouping = (typeof groupings)[number]

/** What the sales of single stores can be divided by. */
export const dimensions = [
  "cause",
  "subcause",
  "code",
  "model",
  "release",
  "acquirer",
  "issuer",
  "entryMode",
] as const satisfies Grouping[]
export type Dimension = (typeof dimensions)[number]

/** In these groupings, every row has the total's denominator. */
export const sharesOfTotal: readonly Grouping[] = ["cause", "subcause", "code"]

const ofTerminals: readonly Grouping[] = ["cause", "store", "merchant", "region", "model", "terminal"]
const ofModels: readonly Grouping[] = ofTerminals.filter((one) => one !== "terminal")
const ofCodes: readonly Grouping[] = ["cause", "subcause", "code", "store", "merchant", "region"]

type Named = Partial<Record<"terminal" | "model" | "subcause" | "code", unknown>>

/** What sums are kept for within filters: codes are kept by store, and not by terminal. */
export function groupingsWithin({ terminal, model, subcause, code }: Named): readonly Grouping[] {
  const named = (value: unknown) => value !== undefined && value !== null
  if (named(code)) return named(terminal) || named(model) ? [] : ofCodes
  if (named(subcause) && named(terminal)) return []
  if (named(terminal)) return ofTerminals
  if (named(model)) return named(subcause) ? ofModels : ofTerminals
  return named(subcause) ? groupings.filter((one) => one !== "terminal") : groupings
}
