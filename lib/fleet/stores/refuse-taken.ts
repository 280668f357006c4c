import { isUniqueViolation, violatedConstraint } from "@/lib/base/db/failures"
import { AppError } from "@/lib/base/errors"

/** Writes a place; where another has its code or name already, says which of the two. */
export async function refuseTaken<T>(
  noun: "merchant" | "region" | "store",
  write: () => Promise<T>,
): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    const field = violatedConstraint(error).endsWith("_code_key") ? "code" : "name"
    throw new AppError("conflict", `There is another ${noun} of this ${field}.`, { field, reason: "taken" })
  }
}
