import { z } from "zod"
import { storable, unstorable } from "@/lib/base/text/fields"

/** The serial number or TID in a record. Blanks around it are removed. */
export const terminalName = z.string().trim().min(1).max(64).refine(storable, unstorable)
