import { isConflict } from "@/lib/base/db/failures"

const mostAttempts = 5

/** Runs a transaction again if it conflicts with another. */
export async function retryConflicts<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run()
    } catch (error) {
      if (!isConflict(error) || attempt === mostAttempts) throw error
    }
  }
}
