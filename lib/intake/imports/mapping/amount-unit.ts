/** A header with its words apart: amount_inCents is "amount in Cents". */
const apart = (header: string): string =>
  header
    .slice(0, 200)
    .normalize("NFKC")
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, " ")
    .replaceAll(/[_-]/g, " ")

/** Words for minor units: 金额(分), 交易金额分, amount_cents, amountInFen; but not 分期金额 and 积分. */
const minorWords = /(?:\bin ?)?(?:\b|(?<=amount|amt|total|in))(?:fen|cents?|minor(?: ?units?)?)\b/
const minor = new RegExp(`(?:(?<=额|单位|[\\s/.:([【])分(?=$|[\\s)\\]】])|${minorWords.source})`, "i")
/** Words for whole units: 金额(元), amount in yuan. */
const whole = /(?:(?<=额|单位|[\s/.:([【])元(?=$|[\s)\]】])|\b(?:yuan|dollars?|euros?)\b)/i

/** Words for thousands or more, with the zeros of their unit. */
const large: readonly [RegExp, number][] = [
  [/[([【]\s*(?:单位\s*:?\s*)?千元?\s*[)\]】]/, 3],
  [/[([【]\s*(?:单位\s*:?\s*)?万元?\s*[)\]】]/, 4],
  [/[([【]\s*(?:in\s+)?(?:thousands?|k)\s*[)\]】]/i, 3],
]

/** The unit that a header of amounts names; null if it names none. */
export function unitOfHeader(header: string): { unit: "fen" | "yuan"; zeros?: number } | null {
  const text = apart(header)
  const zeros = large.find(([pattern]) => pattern.test(text))?.[1]
  if (zeros !== undefined) return { unit: "yuan", zeros }
  return minor.test(text) ? { unit: "fen" } : whole.test(text) ? { unit: "yuan" } : null
}

/** A header without the unit that it names: 交易金额/分 is 交易金额. */
export const withoutUnit = (header: string): string =>
  apart(header)
    .replace(minor, "")
    .replace(whole, "")
    .replace(/[\s/:]*(?:单位)?[\s/:]*$/, "")
    .trim()
