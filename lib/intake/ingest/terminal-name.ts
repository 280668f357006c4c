import { z } from "zod"
import { storable, unstorable } from "@/lib/base/text/fields"

/** A serial number or TID, as a record names its terminal; blanks around it are no part of it. */
export const terminalName = z.string().trim().min(1).max(64).refine(storable, unstorable)
