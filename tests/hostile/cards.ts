/** Well-known test numbers. */
export const cards = [
  "4111111111111111",
  "5555555555554444",
  "378282246310005",
  "6011111111111117",
  "6205500000000000004",
] as const

const grouped = (card: string, separator: string) => card.match(/.{1,4}/g)?.join(separator) ?? card

/** A card number as people write it: plain, with spaces and with dashes. */
export const spellings = (card: string): string[] => [card, grouped(card, " "), grouped(card, "-")]
