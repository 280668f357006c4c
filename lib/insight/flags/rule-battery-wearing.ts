import { wearingOut } from "@/lib/insight/flags/wearing-out"

/** The battery will soon hold too little to last. */
export const batteryWearing = wearingOut({
  name: "battery_wearing",
  signal: "battery",
  current: ({ batteryHealthPct }) => batteryHealthPct,
})
