import { isUniqueViolation, violatedConstraint } from "@/lib/base/db/failures"
import { AppError } from "@/lib/base/errors"

/** Runs a write. If another place has the same code or name, the error says which. */
export async function refuseTaken<T>(
  noun: "merchant" | "region" | "store",
  write: () => Promise<T>,
): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    const field = violatedConstraint(error).endsWith("_code_key") ? "code" : "name"
    throw new AppError("conflict", `Another ${noun} already has this ${field}.`, { field, reason: "taken" })
  }
}
