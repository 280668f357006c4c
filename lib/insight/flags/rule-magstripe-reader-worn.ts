import { wearingOut } from "@/lib/insight/flags/wearing-out"

/** The magstripe reader has taken as many swipes as it lasts: a reason to have one ready, not to go there. */
export const magstripeReaderWorn = wearingOut({ name: "magstripe_reader_worn", signal: "magstripe_reader" })
