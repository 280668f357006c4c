import type { Step } from "@/components/quarantine/use-steps"
import { mostNamed } from "@/lib/intake/quarantine/words"

/** A step for chosen records. Each call names a limited number of them, and the cursor is the position. */
export const inParts =
  (ids: readonly string[], act: (ids: string) => Promise<Pick<Step, "done" | "failed">>, most = mostNamed) =>
  async (cursor: string | undefined): Promise<Step> => {
    const from = Number(cursor ?? 0)
    const part = ids.slice(from, from + most)
    const counts = await act(part.join(","))
    const end = from + part.length
    const left = ids.length - end
    return { ...counts, left, nextCursor: left > 0 ? String(end) : null }
  }
