import { currencyDigits } from "@/lib/base/text/currency"
import { unitOfHeader } from "@/lib/intake/imports/mapping/amount-unit"
import {
  noAmounts,
  sumOfAmounts,
  type AmountFacts,
  type FileFacts,
} from "@/lib/intake/imports/mapping/column-facts"
import { decimalMarkOf } from "@/lib/intake/imports/mapping/decimal-mark"
import type { FieldSource, Profile } from "@/lib/intake/imports/mapping/profile"
import { currencyOf } from "@/lib/intake/imports/mapping/read-currency"
import type { DecimalMark, FileFormat, MoneyUnit } from "@/lib/intake/imports/words"

type Columns = { plus: string | undefined; minus: string | undefined; facts: FileFacts }

/** How the amount is read from its columns. Money paid out may have a column of its own. */
export function amountSource(
  { moneyUnit }: Profile,
  { plus, minus, facts }: Columns,
): Partial<FieldSource> | undefined {
  const column = plus ?? minus
  if (column === undefined) return undefined
  const named = unitOfHeader(column)
  const unit = named?.unit ?? moneyUnit ?? (isTwelveDigits(facts[column]) ? "fen" : undefined)
  return {
    ...(named?.zeros === undefined ? {} : { zeros: named.zeros }),
    ...(plus === undefined ? {} : { column: plus }),
    ...(minus === undefined ? {} : { minusColumn: minus }),
    as: unit === undefined ? "amount" : unit === "fen" ? "minor" : "money",
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

const amountKinds: readonly unknown[] = ["amount", "money", "minor"]

const amountsOf = ({ column, minusColumn }: FieldSource, facts: FileFacts): AmountFacts =>
  [column ?? [], minusColumn ?? []]
    .flat()
    .map((one) => facts[one]?.amounts ?? noAmounts)
    .reduce(sumOfAmounts, noAmounts)

/** The decimal mark of the file's amounts, from the profile or from all cells of their columns. */
export function decimalMarkOfFile(
  { decimalMark, fields }: Profile,
  { facts, format }: { facts: FileFacts; format?: FileFormat },
): DecimalMark | "open" | undefined {
  const amount = fields["amountMinor"]
  if (decimalMark !== undefined || !amount || !amountKinds.includes(amount.as)) return decimalMark
  return decimalMarkOf({
    amounts: amountsOf(amount, facts),
    digits: amount.as === "minor" ? [0] : digitsOf(fields, facts),
    isWorkbook: format === "xlsx",
  })
}

/** In minor units, at least one of this many sales is of a thousand or more. */
const manyLarge = 4

/**
 * The likely unit of the file's amounts, if neither the file nor the profile says it: all of them are whole
 * numbers of a currency with decimals. Undefined if the unit is known.
 */
export function openMoneyUnit({ fields }: Profile, facts: FileFacts): MoneyUnit | undefined {
  const amount = fields["amountMinor"]
  if (amount?.as !== "amount" || Math.max(...digitsOf(fields, facts)) === 0) return undefined
  const { whole, point, comma, openPoint, openComma, named, hundreds, large } = amountsOf(amount, facts)
  if (whole === 0 || point + comma + openPoint + openComma + named > 0) return undefined
  return large * manyLarge > whole && hundreds < whole ? "fen" : "yuan"
}
