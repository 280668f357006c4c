import { wearingOut } from "@/lib/insight/flags/wearing-out"

/** The chip reader has taken as many cards as it lasts: a reason to have one ready, and not to go there. */
export const chipReaderWorn = wearingOut({ name: "chip_reader_worn", signal: "chip_reader" })
