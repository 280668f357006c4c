import { z } from "zod"
import { pageLinks, pageTotal } from "@/lib/base/pages/schemas"
import { calendarDay } from "@/lib/base/text/fields"
import { isZone } from "@/lib/base/time/zone"
import { address, code, contact, filter, listed, name, Named } from "@/lib/fleet/stores/fields"
import { HoursExceptions, OpeningHours } from "@/lib/fleet/stores/opening-hours"
import { storeLacks } from "@/lib/fleet/stores/words"

const placeId = z.int().positive().nullable()

const fields = z.strictObject({
  /** The store's code in heartbeats and files, unique in the organisation. */
  code,
  name,
  merchantId: placeId,
  /** A region of the same merchant. */
  regionId: placeId,
  timeZone: z.string().max(64).refine(isZone, { error: "an IANA time zone such as Asia/Shanghai" }),
  address: address.nullable(),
  latitude: z.number().min(-90).max(90).nullable(),
  longitude: z.number().min(-180).max(180).nullable(),
  /** In the store's own time. Null if unknown. */
  openingHours: OpeningHours.nullable(),
  hoursExceptions: HoursExceptions,
  /** The store-local day from which it is closed for good. */
  closedOn: calendarDay.nullable(),
  ...contact,
})

export const NewStore = fields.partial().required({ code: true, name: true })
export type NewStore = z.infer<typeof NewStore>

export const StoreChange = fields.partial().extend({
  /** Confirms that days are recounted. Needed to change the time zone of a store that has had terminals. */
  recount: z.boolean().optional(),
})
export type StoreChange = z.infer<typeof StoreChange>

export const Store = z.object({
  id: z.number(),
  code: z.string(),
  name: z.string(),
  merchant: Named.nullable(),
  region: Named.nullable(),
  timeZone: z.string(),
  address: z.string().nullable(),
  latitude: z.number().nullable(),
  longitude: z.number().nullable(),
  openingHours: OpeningHours.nullable(),
  hoursExceptions: HoursExceptions,
  closedOn: z.string().nullable(),
  contactName: z.string().nullable(),
  contactPhone: z.string().nullable(),
  contactEmail: z.string().nullable(),
  /** Whether it is closed for good today. */
  isClosed: z.boolean(),
  /** Whether it is the store of unassigned terminals. */
  isUnassigned: z.boolean(),
  /** Whether a terminal was ever in it. */
  hasHistory: z.boolean(),
  terminals: z.number(),
  openFlags: z.number(),
})
export type Store = z.infer<typeof Store>

export const StoreQuery = z.strictObject({
  ...listed,
  merchant: filter,
  region: filter,
  closed: z.enum(["true", "false"]).optional(),
  lacks: z.enum(storeLacks).optional(),
})
export type StoreQuery = z.infer<typeof StoreQuery>

export const StorePage = z.object({
  data: z.array(Store),
  ...pageLinks,
  ...pageTotal,
})
export type StorePage = z.infer<typeof StorePage>
