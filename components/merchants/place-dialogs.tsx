"use client"

import { useRouter } from "next/navigation"
import { DeleteDialog, type Deleting } from "@/components/merchants/delete-dialog"
import { MerchantDialog } from "@/components/merchants/merchant-dialog"
import { RegionDialog } from "@/components/regions/region-dialog"
import { StoreDrawer } from "@/components/stores/store-drawer"
import { paths } from "@/lib/base/paths"
import type { Merchant } from "@/lib/fleet/merchants/schemas"
import type { Region } from "@/lib/fleet/regions/schemas"

export type PlaceAction =
  | { kind: "merchant"; merchant: Merchant | null }
  | { kind: "region"; merchant: { id: number; name: string }; region: Region | null }
  | { kind: "store"; merchantId: number | null; regionId: number | null }
  | { kind: "delete"; place: Deleting }
export type Act = (action: PlaceAction) => void

/** The form of what is being done to the tree. */
export function PlaceDialogs({ action, onClose }: { action: PlaceAction | null; onClose: () => void }) {
  const router = useRouter()
  if (action === null) return null
  if (action.kind === "merchant") return <MerchantDialog merchant={action.merchant} onClose={onClose} />
  if (action.kind === "region")
    return <RegionDialog merchant={action.merchant} region={action.region} onClose={onClose} />
  if (action.kind === "delete") return <DeleteDialog place={action.place} onClose={onClose} />
  return (
    <StoreDrawer
      store={null}
      merchantId={action.merchantId}
      regionId={action.regionId}
      mayMove
      onDone={({ id }) => router.push(paths.store(id))}
      onClose={onClose}
    />
  )
}
