import pg from "pg"
import { z } from "zod"

/** Prisma's error of a database, with what its driver adapter reports. */
const OfPrisma = z.object({
  clientVersion: z.string(),
  meta: z.object({
    driverAdapterError: z.object({
      cause: z.object({
        kind: z.string(),
        originalCode: z.string().optional(),
      }),
    }),
  }),
})

/** SQLSTATE classes with messages that quote no value of a row or parameter. */
const quotesNothing = /^(08|25|40|42|53|55|57|XX)/
const connectionFailure = "08006"

/**
 * An error of the database, with its SQLSTATE as `code`. It leaves out what PostgreSQL and Prisma quote of
 * rows and parameters, which could hold card numbers.
 */
export class DatabaseError extends Error {
  readonly code: string
  readonly constraint: string | undefined
  constructor(code: string, { message, constraint }: { message: string; constraint: string | undefined }) {
    super(quotesNothing.test(code) ? message : `PostgreSQL's error ${code}`)
    this.name = "DatabaseError"
    this.code = code
    this.constraint = constraint
  }
}

/** Turns an error of the database into one that quotes no values. Returns other errors unchanged. */
export function withoutValues(error: unknown): unknown {
  if (error instanceof pg.DatabaseError)
    return plainError(
      error,
      error.code ?? connectionFailure,
      error.message,
      error.constraint ?? constraintIn(error.message),
    )
  // Prisma's code for a transaction that waited too long to begin or to end.
  if (error instanceof Error && "code" in error && error.code === "P2028")
    return plainError(error, "57014", "the transaction took too long")
  const ofPrisma = OfPrisma.safeParse(error)
  if (!ofPrisma.success) return error
  const { kind, originalCode } = ofPrisma.data.meta.driverAdapterError.cause
  return plainError(error, originalCode ?? connectionFailure, kind)
}

/** Citus names a node's constraint in the message alone. An index there ends with the number of its shard. */
const constraintIn = (message: string): string | undefined =>
  / violates [a-z ]*constraint "([^"]+?)(_\d+)?"/.exec(message)?.[1]

function plainError(error: unknown, code: string, message: string, constraint?: string) {
  const plain = new DatabaseError(code, { message, constraint })
  const places = error instanceof Error ? error.stack?.split("\n").filter((line) => /^\s+at /.test(line)) : []
  plain.stack = [`${plain.name}: ${plain.message}`, ...(places ?? [])].join("\n")
  return plain
}
