/** What failures may follow. A line is how a store's terminals reach their host: a carrier or a network. */
export const followed = [
  "card",
  "terminal",
  "issuer",
  "operator",
  "store",
  "release",
  "entryMode",
  "line",
] as const
export type Followed = (typeof followed)[number]
