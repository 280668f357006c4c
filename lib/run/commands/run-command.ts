import { findOrganisations } from "@/lib/access/organisation/find-organisations"
import { closeDatabase } from "@/lib/base/db/client"
import { isUnavailable } from "@/lib/base/db/failures"
import { AppError } from "@/lib/base/errors"

/** Runs a command line. An error prints one sentence with the remedy, and the exit code is 1. */
export async function runCommand(run: () => Promise<void>): Promise<void> {
  try {
    await run()
  } catch (error) {
    process.exitCode = 1
    const sentence = isUnavailable(error)
      ? "Cannot reach the database. Start Tillwatch first (npm start), or check DATABASE_URL."
      : null
    process.stderr.write(`${sentence ?? (error instanceof Error ? error.message : String(error))}\n`)
  } finally {
    await closeDatabase()
  }
}

/** Finds the organisation by name or id. Without a name, it must be the only one. */
export async function organisationOf(name: string | undefined): Promise<{ id: string; name: string }> {
  const found = await findOrganisations(name)
  const [only] = found
  if (!only)
    throw new AppError(
      "not_found",
      name
        ? `There is no organisation ${name}.`
        : "There is no organisation yet. Start Tillwatch once (npm start).",
    )
  if (found.length > 1) {
    const names = found.map((row) => `"${row.name}"`).join(", ")
    throw new AppError("invalid", `There are several organisations. Add --org with one of ${names}.`)
  }
  return only
}
