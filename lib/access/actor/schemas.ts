import { z } from "zod"
import { hasNoPlaces } from "@/lib/access/actor/has-no-places"
import { pageLinks } from "@/lib/base/pages/schemas"
import { searched, writtenCursor, writtenId, writtenIds } from "@/lib/base/text/fields"

// Sorted, so that the same places always make the same reach.
const Ids = z
  .array(z.int().positive())
  .max(5_000)
  .transform((ids) => [...new Set(ids)].toSorted((a, b) => a - b))
  .default([])

/**
 * What a user or key is limited to, by id: the stores of the merchants and regions, and single stores.
 * Empty lists mean no store.
 */
export const Places = z.strictObject({ merchants: Ids, regions: Ids, stores: Ids })
export type Places = z.infer<typeof Places>
export const placeKinds = ["merchants", "regions", "stores"] as const satisfies readonly (keyof Places)[]

/** Null means the whole organisation. */
export const Reach = Places.nullable()
export type Reach = z.infer<typeof Reach>

/** A reach for a key or group, which must contain at least one place. */
export const SomeReach = Places.refine((places) => !hasNoPlaces(places), {
  error: "name a merchant, region or store, or null for all",
}).nullable()

const Named = z.object({ id: z.number(), name: z.string() })

/** A reach with the names of its places. */
export const NamedReach = z
  .object({ merchants: z.array(Named), regions: z.array(Named), stores: z.array(Named) })
  .nullable()
export type NamedReach = z.infer<typeof NamedReach>

const Choice = Named.extend({ merchant: z.string().nullable() })

/** Places of one kind by a part of their name, in a merchant, or with these ids. */
export const PlaceQuery = z.strictObject({
  kind: z.enum(placeKinds),
  q: searched(100).optional(),
  merchant: writtenId.optional(),
  ids: writtenIds(200).optional(),
  cursor: writtenCursor.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export type PlaceQuery = z.infer<typeof PlaceQuery>

/** `merchant` is the name of the place's merchant. */
export const PlacePage = z.object({ data: z.array(Choice), ...pageLinks })
export type PlacePage = z.infer<typeof PlacePage>
