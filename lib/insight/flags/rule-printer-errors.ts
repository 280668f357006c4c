import { wearingOut } from "@/lib/insight/flags/wearing-out"

/** The printer often has an error for what it prints, or soon will have. */
export const printerErrors = wearingOut({ name: "printer_errors", signal: "printer_errors" })
