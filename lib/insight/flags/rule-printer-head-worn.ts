import { wearingOut } from "@/lib/insight/flags/wearing-out"

/** The printer's head has printed as much as its vendor says it lasts, or soon will have. */
export const printerHeadWorn = wearingOut({ name: "printer_head_worn", signal: "printer_head" })
