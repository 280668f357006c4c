import type { Deleting } from "@/components/places/delete-dialog"
import type { Merchant } from "@/lib/fleet/merchants/schemas"
import type { Region } from "@/lib/fleet/regions/schemas"

/** An action on the tree of merchants, regions and stores. */
export type PlaceAction =
  | { kind: "merchant"; merchant: Merchant | null }
  | { kind: "region"; merchant: { id: number; name: string }; region: Region | null }
  | { kind: "store"; merchantId: number | null; regionId: number | null }
  | { kind: "delete"; place: Deleting }
export type Act = (action: PlaceAction) => void
