import type { Db } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import type { Head } from "@/lib/intake/imports/mapping/complete-profile"
import {
  codesOf,
  likelyMoneyUnit,
  needsDateOrder,
  needsDecimalMark,
  needsYear,
  openCodes,
  unknownWords,
} from "@/lib/intake/imports/mapping/open-questions"
import type { Profile } from "@/lib/intake/imports/mapping/profile"
import type { Row } from "@/lib/intake/imports/mapping/row"
import { unmappedCodes } from "@/lib/intake/imports/runs/row-codes"
import type { Preview } from "@/lib/intake/imports/runs/schemas"

export type Questions = Pick<
  Preview,
  | "missing"
  | "needsDateOrder"
  | "needsYear"
  | "needsDecimalMark"
  | "likelyMoneyUnit"
  | "unknownWords"
  | "unmappedCodes"
  | "openCodes"
>

/** The required targets of a record that no column has. */
function missingTargets({ kind, at, fields, sale }: Profile): Preview["missing"] {
  if (kind === "terminals") return fields["serial"] ? [] : ["serial"]
  if (kind === "codes") return []
  return [
    ...(fields["terminal"] ? [] : (["terminal"] as const)),
    ...(at ? [] : (["at"] as const)),
    ...(kind === "heartbeats" || fields["outcome"] || sale?.outcome || sale?.status || sale?.code
      ? []
      : (["outcome"] as const)),
  ]
}

/** What a file and its complete profile leave open. */
export async function questionsOf(
  db: Db,
  profile: Profile,
  { head, rows }: { head: Head; rows: readonly Row[] },
): Promise<Questions> {
  const { unmapped, unclear } = await unmappedCodes(db, profile, { codes: codesOf(profile, head), rows })
  return {
    missing: missingTargets(profile),
    needsDateOrder: needsDateOrder(profile, head),
    needsYear: needsYear(profile, head),
    needsDecimalMark: needsDecimalMark(profile, head),
    likelyMoneyUnit: likelyMoneyUnit(profile, head),
    unknownWords: unknownWords(profile, head),
    unmappedCodes: unmapped,
    openCodes: openCodes(profile, head, unclear),
  }
}

const codesNamed = 20

/** Refuses the start while settings are open that cannot be detected. */
export function refuseOpen(questions: Questions): void {
  const { missing, likelyMoneyUnit: unit, openCodes: codes } = questions
  if (missing.length > 0)
    throw new AppError(
      "invalid",
      `No column says ${missing.join(" and ")}: choose one, or name it so in the file.` +
        (missing.includes("outcome") ? " If all rows have one outcome, give it as a constant." : ""),
      { missing },
    )
  const open = [
    questions.needsDateOrder && {
      member: "dateOrder",
      message:
        "The order of dates such as 05/11/2026 or 201125110000 is unclear: set dateOrder to day-first, " +
        "month-first or year-first.",
    },
    questions.needsYear && {
      member: "year",
      message: "The times have no year: set year to the year of the file's last day.",
    },
    questions.needsDecimalMark && {
      member: "decimalMark",
      message: "Amounts such as 1.250 may be one and a quarter or 1,250: set decimalMark to point or comma.",
    },
    unit !== null && {
      member: "moneyUnit",
      message:
        "All amounts are whole numbers: set moneyUnit to yuan if they are in whole units, or to fen if " +
        `they are in minor units (they look like ${unit}).`,
    },
    codes.length > 0 && {
      member: "codeMeanings",
      message:
        "No code table has these codes, and no status says what they mean: " +
        `${named(codes.map(({ code }) => code))}. Say it with codeMeanings, for example ` +
        '{"*": "quarantine"} or {"200010": "declined"}, or add them to the code table.',
    },
  ].filter((one) => one !== false)
  if (open.length > 0)
    throw new AppError("invalid", open.map(({ message }) => message).join(" "), {
      missing: open.map(({ member }) => member),
    })
}

const named = (codes: readonly string[]): string =>
  codes.slice(0, codesNamed).join(", ") +
  (codes.length > codesNamed ? ` and ${codes.length - codesNamed} more` : "")
