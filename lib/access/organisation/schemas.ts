import { z } from "zod"
import { retention } from "@/lib/access/organisation/words"
import { locales } from "@/lib/base/i18n/locale"
import { writtenText } from "@/lib/base/text/fields"
import { isZone } from "@/lib/base/time/zone"

const within = ({ least, most }: { least: number; most: number }) => z.int().min(least).max(most)

export const Organisation = z.strictObject({
  name: writtenText(200).min(1),
  /** Names the week and decides when it is over; stores have zones of their own. */
  timeZone: z.string().max(64).refine(isZone, { error: "an IANA time zone such as Asia/Shanghai" }),
  /** What reports and mails are written in. */
  language: z.enum(locales),
  rawRetentionDays: within(retention.rawRetentionDays),
  hourRetentionDays: within(retention.hourRetentionDays),
  dayRetentionYears: within(retention.dayRetentionYears),
  /**
   * Whether terminals that nobody added are enrolled as pending when they first send; else their records wait
   * in quarantine.
   */
  enrolUnknown: z.boolean(),
})
export type Organisation = z.infer<typeof Organisation>

export const OrganisationChange = Organisation.partial()
export type OrganisationChange = z.infer<typeof OrganisationChange>
