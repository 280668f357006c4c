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
