import type { Db } from "@/lib/base/db/transaction"
import { AppError } from "@/lib/base/errors"
import type { Release } from "@/lib/fleet/releases/schemas"
import { releases } from "@/lib/fleet/releases/sql"

export async function releaseOrThrow(db: Db, id: number): Promise<Release> {
  const [release] = await releases(db, id)
  if (!release) throw new AppError("not_found", "This release does not exist.")
  return release
}
