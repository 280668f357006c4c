import { findOrganisations } from "@/lib/access/organisation/find-organisations"
import { closeDatabase } from "@/lib/base/db/client"
import { isUnavailable } from "@/lib/base/db/failures"
import { AppError } from "@/lib/base/errors"

/** Runs a command of the terminal: an error is told in one sentence with what to do, and ends it with 1. */
export async function runCommand(run: () => Promise<void>): Promise<void> {
  try {
    await run()
  } catch (error) {
    process.exitCode = 1
    const sentence = isUnavailable(error)
      ? "The database cannot be reached: start Tillwatch first (npm start), or check DATABASE_URL."
      : null
    process.stderr.write(`${sentence ?? (error instanceof Error ? error.message : String(error))}\n`)
  } finally {
    await closeDatabase()
  }
}

/** The organisation a command works on: the one named by name or id, or the only one there is. */
export async function organisationOf(name: string | undefined): Promise<{ id: string; name: string }> {
  const found = await findOrganisations(name)
  const [only] = found
  if (!only)
    throw new AppError(
      "not_found",
      name
        ? `No organisation is called ${name}.`
        : "There is no organisation yet: start Tillwatch once (npm start).",
    )
  if (found.length > 1)
    throw new AppError(
      "invalid",
      `Say which organisation: --org with one of ${found.map((row) => `"${row.name}"`).join(", ")}`,
    )
  return only
}
