import { z } from "zod"
import { pageLinks } from "@/lib/base/pages/schemas"
import { writtenCursor } from "@/lib/base/text/fields"
import { components } from "@/lib/fleet/catalogue/components"
import { expiries, whys } from "@/lib/outlook/replacements/words"

const model = z.object({ id: z.number(), name: z.string() }).nullable()

/** What to replace in each quarter, and what it costs, by model. Amounts are in minor units. */
export const Forecast = z.object({
  currency: z.string(),
  /** The current quarter and those after it; `to` is not included. */
  quarters: z.array(z.object({ name: z.string(), from: z.string(), to: z.string() })),
  data: z.array(
    z.object({
      /** Null: terminals without a model. */
      model,
      /** In service now. */
      terminals: z.number(),
      /** Of a new terminal with its installation, and of a failure. */
      priceMinor: z.number(),
      failureMinor: z.number(),
      /** What a new terminal costs a year. */
      newMinor: z.number(),
      /** The age at which replacing it is cheapest; null if none is clearly cheaper. */
      bestMonths: z.number().nullable(),
      /** In the order of the quarters. */
      quarters: z.array(
        z.object({
          /** Terminals to replace because their use ends, or because keeping them costs more. */
          useEnd: z.number(),
          cost: z.number(),
          budgetMinor: z.number(),
          failures: z.number(),
          repairsMinor: z.number(),
        }),
      ),
    }),
  ),
})
export type Forecast = z.infer<typeof Forecast>
export type ForecastRow = Forecast["data"][number]

export const ReplacedQuery = z.strictObject({
  /** Such as 2026-Q4: one of the forecast's. */
  quarter: z.string().regex(/^\d{4}-Q[1-4]$/),
  /** 0: terminals without a model. Without it, those of all models. */
  model: z.coerce.number().int().min(0).optional(),
  cursor: writtenCursor.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export type ReplacedQuery = z.infer<typeof ReplacedQuery>

/** The terminals behind a number of the forecast. */
export const ReplacedPage = z.object({
  data: z.array(
    z.object({
      id: z.number(),
      serial: z.string(),
      model,
      store: z.object({ id: z.number(), name: z.string(), code: z.string() }),
      why: z.enum(whys),
      /** The month from which its age counts. */
      bornOn: z.string(),
      failures: z.number(),
      useEndOn: z.string().nullable(),
      warrantyUntil: z.string().nullable(),
    }),
  ),
  ...pageLinks,
})
export type ReplacedPage = z.infer<typeof ReplacedPage>
export type Replaced = ReplacedPage["data"][number]

/** What expires in the three years from this month on, the earliest first. */
export const Calendar = z.object({
  data: z.array(
    z.object({
      on: z.string(),
      what: z.enum(expiries),
      model,
      /** The version of a component, where the date is one's. */
      component: z.enum(components).nullable(),
      version: z.string().nullable(),
      reference: z.string().nullable(),
      /**
       * Terminals of the model in service; of a warranty, those whose warranty ends in this month; of an end
       * of support, those that run the release.
       */
      terminals: z.number().nullable(),
    }),
  ),
})
export type Calendar = z.infer<typeof Calendar>
export type CalendarRow = Calendar["data"][number]
