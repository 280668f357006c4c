import { existsSync, readFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { z } from "zod"

const dataDir = resolve(/* turbopackIgnore: true */ process.env["TILLWATCH_DATA_DIR"] ?? ".data")

/** What `npm start` leaves in the data directory, so that commands find the running database. */
const fromDataDir = (name: string): string | undefined => {
  const path = join(/* turbopackIgnore: true */ dataDir, name)
  return existsSync(path) ? readFileSync(path, "utf8").trim() : undefined
}

const schema = z
  .object({
    NODE_ENV: z.enum(["development", "production", "test"]).default("development"),
    DATABASE_URL: z.url({ error: "DATABASE_URL: start Tillwatch first (npm start), or set it to postgresql://user:password@host/database" }),
    DATABASE_OWNER_URL: z.url({ error: "DATABASE_OWNER_URL: set it to postgresql://user:password@host/database" }).optional(),
    NEXTAUTH_SECRET: z.string().min(32, { error: "NEXTAUTH_SECRET: set it to at least 32 random characters" }).optional(),
    NEXTAUTH_URL: z.url({ error: "NEXTAUTH_URL: set it to the address people open, such as https://tillwatch.example.com" }).optional(),
    ADMIN_EMAIL: z.email({ error: "ADMIN_EMAIL: set it to an e-mail address" }).default("admin@tillwatch.local"),
    LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"], { error: "LOG_LEVEL: one of debug, info, warn, error, silent" }).default("info"),
    PORT: z.coerce.number({ error: "PORT: a port such as 3000" }).int().min(1).max(65_535).default(3000),
    DATABASE_POOL_SIZE: z.coerce.number({ error: "DATABASE_POOL_SIZE: a whole number from 1 to 100" }).int().min(1).max(100).default(10),
  })
  .transform((values) => ({ ...values, DATABASE_OWNER_URL: values.DATABASE_OWNER_URL ?? values.DATABASE_URL, DATA_DIR: dataDir }))

export type Env = z.infer<typeof schema>

let parsed: Env | undefined

/** The environment, checked once. An error names the variable and the remedy. */
export function env(): Env {
  if (parsed) return parsed
  const result = schema.safeParse({
    ...process.env,
    DATABASE_URL: process.env["DATABASE_URL"] ?? fromDataDir("database-url"),
    NEXTAUTH_SECRET: process.env["NEXTAUTH_SECRET"] ?? fromDataDir("session-secret"),
  })
  if (!result.success) throw new Error(result.error.issues.map((issue) => issue.message).join("\n"))
  return (parsed = result.data)
}

/** What sessions are signed with; only processes that know sessions need it. */
export function sessionSecret(): string {
  const secret = env().NEXTAUTH_SECRET
  if (secret === undefined) throw new Error("NEXTAUTH_SECRET: set it to at least 32 random characters")
  return secret
}
