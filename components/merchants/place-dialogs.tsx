"use client"

import { useRouter } from "next/navigation"
import { MerchantDialog } from "@/components/merchants/merchant-dialog"
import { DeleteDialog } from "@/components/places/delete-dialog"
import type { PlaceAction } from "@/components/places/place-action"
import { RegionDialog } from "@/components/regions/region-dialog"
import { StoreDrawer } from "@/components/stores/store-drawer"
import { paths } from "@/lib/base/paths"

/** The dialog of the current action on the tree. */
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
