import { isLockTimeout } from "@/lib/base/db/failures"

/** Another process is at work, for longer than this round may wait. */
export class Busy extends Error {
  constructor() {
    super("another process is at work")
  }
}

export const isBusy = (error: unknown): boolean => error instanceof Busy || isLockTimeout(error)
