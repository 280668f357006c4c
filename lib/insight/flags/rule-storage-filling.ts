import { wearingOut } from "@/lib/insight/flags/wearing-out"

/** The storage will soon be full. */
export const storageFilling = wearingOut({
  name: "storage_filling",
  signal: "storage",
  current: ({ storageUsedPct }) => storageUsedPct,
})
