import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { parse } from "csv-parse/sync"
import { describe, expect, test } from "vitest"
import { z } from "zod"
import { locales } from "@/lib/base/i18n/locale"
import { causes } from "@/lib/fleet/code-packs/cause"
import { entryModes } from "@/lib/fleet/code-packs/entry-mode"
import { isSubcause } from "@/lib/fleet/code-packs/subcauses"
import { otherWaysOf, remediesOf } from "@/lib/insight/diagnoses/remedies"
import { questions } from "@/lib/insight/diagnoses/schemas"
import { screenNames, screenOf } from "@/lib/insight/diagnoses/screens"
import { diagnosisWords } from "@/lib/insight/diagnoses/words"
import { kindOf } from "@/lib/insight/verdicts/kind"
import { priorOf } from "@/lib/insight/verdicts/priors"
import { causeOfShares } from "@/lib/insight/verdicts/scales"
import { evidenceCodes } from "@/lib/insight/verdicts/words"

const folder = "lib/fleet/code-packs/packs"
const Row = z.object({
  code: z.string(),
  cause: z.enum([...causes, "none"]),
  subcause: z.string().refine(isSubcause),
  remedy: z.string(),
  device_attributable: z.enum(["true", "weak", "false"]),
  confidence: z.enum(["high", "medium", "low"]),
})
const rowsOf = (file: string) => {
  const options = { columns: true, delimiter: "\t", quote: false, relax_column_count: true } as const
  const rows: unknown = parse(readFileSync(join(folder, file), "utf8"), options)
  return z.array(Row).parse(rows)
}

describe.each(locales)("in %s", (locale) => {
  const t = diagnosisWords(locale)
  /** A missing message is answered by its key. */
  const isSaid = (key: string) => t(key, numbers) !== key && !t(key, numbers).includes(key)
  const numbers = { observed: 3, expected: 1, terminals: 2, stores: 2, sales: 4, times: 2, seconds: 9 }

  test.each(readdirSync(folder))(
    "each code of %s has something to do, to say and somebody to call",
    (file) => {
      const mute = rowsOf(file).filter(({ cause, subcause, remedy, ...says }) => {
        if (cause === "none" || !isSubcause(subcause)) return false
        return ["chip", "contactless", undefined].some((mode) => {
          const kind = kindOf(subcause, entryModes.find((known) => known === mode) ?? null)
          const { confidence, device_attributable: attributable } = says
          const found = causeOfShares(priorOf(kind, { cause, confidence, attributable }))
          const steps = remediesOf({ cause: found, kind, ofCode: remedy })
          const ways = otherWaysOf({ cause: found, kind })
          const keys = [
            ...steps.flatMap((one) => [`doNow.${one}`, `say.${one}`, `call.${one}`]),
            ...ways.map((one) => `others.${one}`),
          ]
          return steps.length === 0 || ways.length === 0 || !keys.every(isSaid)
        })
      })
      expect(mute.map(({ code }) => code)).toEqual([])
    },
  )

  test.each(screenNames)("%s on a screen has something to do that fits", (name) => {
    const { cause, confidence, attributable, remedy } = screenOf(t(`screens.${name}`)) ?? {}
    if (!cause || !confidence || !attributable || remedy === undefined) throw new Error("is not known")
    const kind = kindOf(name, null)
    const found = causeOfShares(priorOf(kind, { cause, confidence, attributable }))
    expect(found).toBe(cause)
    expect(remediesOf({ cause: found, kind, ofCode: remedy })[0]).not.toBe("none")
  })

  test("each piece of evidence is a sentence, and each question is asked", () => {
    const more = { ...numbers, hours: 3, release: "firmware:2.5.0" }
    for (const code of evidenceCodes) expect(t(`evidence.${code}`, more)).not.toContain("evidence.")
    for (const one of questions) expect(isSaid(`ask.${one}`)).toBe(true)
  })
})

test("a bad release asks for an update, unless an acquirer or an issuer says more", () => {
  const first = (...codes: string[]) =>
    remediesOf({ cause: "system", kind: "host", ofCode: "", evidence: codes.map((code) => ({ code })) })[0]
  expect(first("store_often", "release_often", "acquirer_minutes")).toBe("update_software")
  expect(first("acquirer_minutes", "release_often")).toBe("wait_retry")
})
