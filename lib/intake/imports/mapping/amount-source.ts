import { currencyDigits } from "@/lib/base/text/currency"
import { noAmounts, sumOfAmounts, type FileFacts } from "@/lib/intake/imports/mapping/column-facts"
import { decimalMarkOf } from "@/lib/intake/imports/mapping/decimal-mark"
import type { FieldSource, Profile } from "@/lib/intake/imports/mapping/profile"
import { currencyOf } from "@/lib/intake/imports/mapping/read-currency"
import type { DecimalMark, FileFormat } from "@/lib/intake/imports/words"

/** Headers of amounts in minor units: 金额(分), amount_cents, but not 分期金额. */
const smallestUnit =
  /(?:[（(【[]\s*(?:单位\s*[:：]?\s*)?(?:分|fen|cents?|minor(?: units?)?)\s*[)）】\]]|[_ -](?:分|fen|cents?|minor)$|[a-z]Cents$)/i

/** Headers of amounts in thousands or more, with the zeros of their unit. */
const largeUnits: readonly [RegExp, number][] = [
  [/[（(【[]\s*(?:单位\s*[:：]?\s*)?千元?\s*[)）】\]]/, 3],
  [/[（(【[]\s*(?:单位\s*[:：]?\s*)?万元?\s*[)）】\]]/, 4],
  [/[（(【[]\s*(?:in\s+)?(?:thousands?|k)\s*[)）】\]]/i, 3],
]

type Columns = { plus: string | undefined; minus: string | undefined; facts: FileFacts }

/** How the amount is read from its columns. Money paid out may have a column of its own. */
export function amountSource(
  { moneyUnit }: Profile,
  { plus, minus, facts }: Columns,
): Partial<FieldSource> | undefined {
  const column = plus ?? minus
  if (column === undefined) return undefined
  const isMinor =
    smallestUnit.test(column) ||
    (moneyUnit === undefined ? isTwelveDigits(facts[column]) : moneyUnit === "fen")
  const zeros = largeUnits.find(([pattern]) => pattern.test(column))?.[1]
  return {
    ...(zeros === undefined ? {} : { zeros }),
    ...(plus === undefined ? {} : { column: plus }),
    ...(minus === undefined ? {} : { minusColumn: minus }),
    as: isMinor ? "minor" : "money",
  }
}

/** Twelve digits with leading zeros, as hosts send them, are in minor units. */
const isTwelveDigits = (facts: FileFacts[string] | undefined): boolean =>
  facts !== undefined && facts.filled > 0 && facts.amounts.twelve === facts.filled

const usualDigits = [2]
const allDigits = [0, 2, 3]

/** The decimals of all currencies that the file's amounts may have. */
function digitsOf({ currency }: Profile["fields"], facts: FileFacts): readonly number[] {
  const constant = typeof currency?.constant === "string" ? currency.constant : undefined
  const values = [currency?.column ?? []].flat().map((column) => facts[column]?.values)
  if (values.includes(null)) return allDigits
  const named = constant ? [constant] : values.flatMap((of) => of?.map(([text]) => text) ?? [])
  const digits = named.flatMap((text) => currencyDigits(currencyOf(text) ?? "") ?? [])
  return digits.length > 0 ? digits : usualDigits
}

/** The decimal mark of the file's amounts, from the profile or from all cells of their columns. */
export function decimalMarkOfFile(
  { decimalMark, fields }: Profile,
  { facts, format }: { facts: FileFacts; format?: FileFormat },
): DecimalMark | "open" | undefined {
  const amount = fields["amountMinor"]
  if (decimalMark !== undefined || (amount?.as !== "money" && amount?.as !== "minor")) return decimalMark
  const columns = [amount.column ?? [], amount.minusColumn ?? []].flat()
  return decimalMarkOf({
    amounts: columns.map((column) => facts[column]?.amounts ?? noAmounts).reduce(sumOfAmounts, noAmounts),
    digits: amount.as === "minor" ? [0] : digitsOf(fields, facts),
    isWorkbook: format === "xlsx",
  })
}
