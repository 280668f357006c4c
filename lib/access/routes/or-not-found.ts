import { notFound } from "next/navigation"
import { AppError } from "@/lib/base/errors"

/** For the `catch` of what a page reads: what does not exist shows the page that says so. */
export function orNotFound(error: unknown): never {
  if (error instanceof AppError && error.code === "not_found") notFound()
  throw error
}
