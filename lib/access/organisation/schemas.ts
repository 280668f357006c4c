import { z } from "zod"
import { costs, retention } from "@/lib/access/organisation/words"
import { locales } from "@/lib/base/i18n/locale"
import { currencyDigits } from "@/lib/base/text/currency"
import { writtenText } from "@/lib/base/text/fields"
import { isZone } from "@/lib/base/time/zone"

const within = ({ least, most }: { least: number; most: number }) => z.int().min(least).max(most)

export const Organisation = z.strictObject({
  name: writtenText(200).min(1),
  /** Decides when a week begins and ends. Stores have their own zones. */
  timeZone: z.string().max(64).refine(isZone, { error: "an IANA time zone such as Asia/Shanghai" }),
  /** Language of reports and emails. */
  language: z.enum(locales),
  rawRetentionDays: within(retention.rawRetentionDays),
  hourRetentionDays: within(retention.hourRetentionDays),
  dayRetentionYears: within(retention.dayRetentionYears),
  /** Prices are in minor units of this currency. */
  currency: z
    .string()
    .max(3)
    .refine((code) => currencyDigits(code) !== null, { error: "an ISO 4217 code such as CNY" }),
  /** A new terminal with its installation, of models without a price of their own. */
  terminalPriceMinor: within(costs.terminalPriceMinor),
  /** What a failure costs: a visit, parts, and sales that are lost in an hour for so many hours. */
  visitCostMinor: within(costs.visitCostMinor),
  partsCostMinor: within(costs.partsCostMinor),
  downtimeHourMinor: within(costs.downtimeHourMinor),
  downtimeHours: within(costs.downtimeHours),
  /**
   * Whether an unknown terminal is enrolled as pending by its first record. If not, its records go to
   * quarantine.
   */
  enrolUnknown: z.boolean(),
  /**
   * Texts that the organisation's systems send instead of a serial number. They are refused, like the
   * well-known ones.
   */
  placeholderSerials: z.array(writtenText(64).min(1)).max(100),
})
export type Organisation = z.infer<typeof Organisation>

export const OrganisationChange = Organisation.partial()
export type OrganisationChange = z.infer<typeof OrganisationChange>
