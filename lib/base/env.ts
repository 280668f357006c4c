import { existsSync, readFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { z } from "zod"

const dataDir = resolve(/* turbopackIgnore: true */ process.env["TILLWATCH_DATA_DIR"] ?? ".data")

/**
 * Reads a file that `npm start` leaves in the data directory, so that commands find the running database.
 */
const fromDataDir = (name: string): string | undefined => {
  const path = join(/* turbopackIgnore: true */ dataDir, name)
  return existsSync(path) ? readFileSync(path, "utf8").trim() : undefined
}

/** Whether an address is safe from eavesdropping: https, or loopback. */
function keepsSecrets(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, hostname } = new URL(address)
  return protocol === "https:" || /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)
}

export const logLevels = ["debug", "info", "warn", "error", "silent"] as const

/** The variables that are set. An empty variable counts as not set. */
const given = () => Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ""))

/** Parses variables. The error lists all that are wrong, each with its remedy. */
function read<Values>(variables: z.ZodType<Values>, values: Record<string, string | undefined>): Values {
  const result = variables.safeParse(values)
  if (result.success) return result.data
  throw new Error(
    result.error.issues
      .map(({ path, message }) =>
        message.startsWith(`${String(path[0])}:`) || path.length === 0
          ? message
          : `${String(path[0])}: ${message}`,
      )
      .join("\n"),
  )
}

/** Checks these parts of the environment at start. Prints what is wrong and ends the process. */
export function checkEnv(...parts: (() => unknown)[]): void {
  const wrong = parts.flatMap((part) => {
    try {
      part()
      return []
    } catch (error) {
      return [error instanceof Error ? error.message : String(error)]
    }
  })
  if (wrong.length === 0) return
  process.stderr.write(`${wrong.join("\n")}\n`)
  process.exit(1)
}

const schema = z
  .object({
    NODE_ENV: z.enum(["development", "production", "test"]).default("development"),
    DATABASE_URL: z.url({
      protocol: /^postgres(ql)?$/,
      error:
        "DATABASE_URL: start Tillwatch first (npm start), or set it to " +
        "postgresql://user:password@host/database",
    }),
    DATABASE_OWNER_URL: z
      .url({
        protocol: /^postgres(ql)?$/,
        error: "DATABASE_OWNER_URL: set it to postgresql://user:password@host/database",
      })
      .optional(),
    NEXTAUTH_SECRET: z
      .string()
      .min(32, { error: "NEXTAUTH_SECRET: set it to at least 32 random characters" })
      .optional(),
    NEXTAUTH_URL: z
      .url({
        protocol: /^https?$/,
        error: "NEXTAUTH_URL: set it to the address people open, such as https://tillwatch.example.com",
      })
      .refine(keepsSecrets, {
        error:
          "NEXTAUTH_URL: http sends passwords and sessions unencrypted. Put a proxy with TLS in front of " +
          "Tillwatch and set NEXTAUTH_URL to its https:// address. Only localhost may use http",
      })
      .optional(),
    ADMIN_EMAIL: z
      .email({ error: "ADMIN_EMAIL: set it to an email address" })
      .default("admin@tillwatch.local"),
    SMTP_URL: z
      .url({
        protocol: /^smtps?$/,
        error: "SMTP_URL: set it to smtp://user:password@host:587 or smtps://user:password@host:465",
      })
      .optional(),
    MAIL_FROM: z
      .string()
      .regex(/^[^\r\n]*[^\s@]+@[^\s@]+$/, {
        error: "MAIL_FROM: set it to the sender of emails, such as Tillwatch <tillwatch@example.com>",
      })
      .optional(),
    LOG_LEVEL: z
      .enum(logLevels, { error: "LOG_LEVEL: one of debug, info, warn, error, silent" })
      .default("info"),
    PORT: z.coerce.number({ error: "PORT: a port such as 3000" }).int().min(1).max(65_535).default(3000),
    /** How many proxies in front of Tillwatch add to X-Forwarded-For. */
    TRUSTED_PROXIES: z.coerce
      .number({ error: "TRUSTED_PROXIES: set it to the number of proxies in front of Tillwatch, 0 to 10" })
      .int()
      .min(0)
      .max(10)
      .default(0),
    DATABASE_POOL_SIZE: z.coerce
      .number({ error: "DATABASE_POOL_SIZE: a whole number from 1 to 100" })
      .int()
      .min(1)
      .max(100)
      .default(10),
    METRICS_TOKEN: z
      .string()
      .min(16, { error: "METRICS_TOKEN: set it to at least 16 random characters, or leave it out" })
      .optional(),
    METRICS_PORT: z.coerce
      .number({ error: "METRICS_PORT: a port such as 9464" })
      .int()
      .min(1)
      .max(65_535)
      .optional(),
    DRAIN_SECONDS: z.coerce.number({ error: "DRAIN_SECONDS: seconds, 0 to 20" }).min(0).max(20).default(0),
  })
  .refine(({ SMTP_URL, MAIL_FROM }) => SMTP_URL === undefined || MAIL_FROM !== undefined, {
    error:
      "MAIL_FROM: set it to the sender of emails, such as Tillwatch <tillwatch@example.com>, " +
      "or leave out SMTP_URL",
  })
  .transform((values) => ({
    ...values,
    DATABASE_OWNER_URL: values.DATABASE_OWNER_URL ?? values.DATABASE_URL,
    DATA_DIR: dataDir,
  }))

export type Env = z.infer<typeof schema>

let parsed: Env | undefined

/** The environment, parsed once. An error names the variable and the remedy. */
export function env(): Env {
  if (parsed) return parsed
  const values = given()
  return (parsed = read(schema, {
    ...values,
    DATABASE_URL: values["DATABASE_URL"] ?? fromDataDir("database-url"),
    NEXTAUTH_SECRET: values["NEXTAUTH_SECRET"] ?? fromDataDir("session-secret"),
  }))
}

/** The address that people open, for links in emails. */
export const siteAddress = (): string => env().NEXTAUTH_URL ?? `http://localhost:${env().PORT}`

/** The secret for sessions. Only processes that handle sessions need it. */
export function sessionSecret(): string {
  const secret = env().NEXTAUTH_SECRET
  if (secret === undefined) throw new Error("NEXTAUTH_SECRET: set it to at least 32 random characters")
  return secret
}

const bodySchema = z.object({
  BODY_IDLE_SECONDS: z.coerce.number({ error: "BODY_IDLE_SECONDS: seconds" }).min(1).max(600).default(10),
  BODY_SECONDS: z.coerce.number({ error: "BODY_SECONDS: seconds" }).min(1).max(3600).default(60),
})

export type BodyEnv = z.infer<typeof bodySchema>

let parsedBody: BodyEnv | undefined

/** How long a body may take to arrive. Needs no other variable. */
export function bodyEnv(): BodyEnv {
  if (parsedBody) return parsedBody
  return (parsedBody = read(bodySchema, given()))
}

const mqttSchema = z
  .object({
    MQTT_URL: z.url({
      protocol: /^(mqtts?|wss?)$/,
      error: "MQTT_URL: set it to mqtt://broker:1883 or mqtts://broker:8883",
    }),
    MQTT_API_KEY: z
      .string({
        error:
          "MQTT_API_KEY: set it to an ingest key, made with " +
          "npm run key:create -- --label mqtt --scope ingest",
      })
      .min(1),
    MQTT_USERNAME: z.string().optional(),
    MQTT_PASSWORD: z.string().optional(),
    MQTT_CA_FILE: z.string().optional(),
    MQTT_CERT_FILE: z.string().optional(),
    MQTT_KEY_FILE: z.string().optional(),
    MQTT_VERSION: z
      .enum(["3.1.1", "5"], { error: "MQTT_VERSION: 3.1.1 or 5" })
      .default("3.1.1")
      .transform((version) => (version === "5" ? 5 : 4)),
    MQTT_TOPIC: z
      .string()
      .regex(/^[^#+]+$/, {
        error: "MQTT_TOPIC: the topic above heartbeats and transactions, without wildcards",
      })
      .default("tillwatch"),
    /** Name of the shared subscription. Empty if the broker supports none. */
    MQTT_SHARE: z.string().default("tillwatch"),
    MQTT_CLIENT_ID: z.string().default("tillwatch-bridge"),
    MQTT_CONNECTIONS: z.coerce
      .number({ error: "MQTT_CONNECTIONS: a whole number from 1 to 64" })
      .int()
      .min(1)
      .max(64)
      .optional(),
    /** Seconds that a broker of version 5 keeps messages while the bridge is away. */
    MQTT_SESSION_SECONDS: z.coerce
      .number({ error: "MQTT_SESSION_SECONDS: seconds" })
      .int()
      .min(60)
      .max(0xffffffff)
      .default(7 * 86_400),
  })
  .refine(({ MQTT_SHARE, MQTT_CONNECTIONS = 1 }) => MQTT_SHARE !== "" || MQTT_CONNECTIONS === 1, {
    error:
      "MQTT_CONNECTIONS: without a shared subscription each connection would get every message. " +
      "Leave it out, or set MQTT_SHARE",
  })
  .transform((values) => ({
    ...values,
    MQTT_CONNECTIONS: values.MQTT_CONNECTIONS ?? (values.MQTT_SHARE === "" ? 1 : 8),
    tls: {
      ...(values.MQTT_CA_FILE ? { ca: readFileSync(values.MQTT_CA_FILE) } : {}),
      ...(values.MQTT_CERT_FILE ? { cert: readFileSync(values.MQTT_CERT_FILE) } : {}),
      ...(values.MQTT_KEY_FILE ? { key: readFileSync(values.MQTT_KEY_FILE) } : {}),
    },
  }))

export type MqttEnv = z.infer<typeof mqttSchema>

/** The variables of the MQTT bridge. */
export function mqttEnv(): MqttEnv {
  // `given` drops empty variables, but an empty MQTT_SHARE has a meaning.
  return read(mqttSchema, { ...given(), MQTT_SHARE: process.env["MQTT_SHARE"] })
}

const loopback = ["localhost", "127.0.0.1", "[::1]"]
const isSafeIssuer = (issuer: string) => {
  const url = URL.canParse(issuer) ? new URL(issuer) : null
  return url?.protocol === "https:" || (url?.protocol === "http:" && loopback.includes(url.hostname))
}

const oidcSchema = z.object({
  OIDC_ISSUER: z
    .url({
      error: "OIDC_ISSUER: set it to the provider's issuer, such as https://login.example.com/realms/main",
    })
    .refine(isSafeIssuer, {
      error: "OIDC_ISSUER: it must begin with https:// (http:// only for a provider on this machine)",
    }),
  OIDC_CLIENT_ID: z.string({ error: "OIDC_CLIENT_ID: set it to the client's id at the provider" }),
  OIDC_CLIENT_SECRET: z.string({
    error: "OIDC_CLIENT_SECRET: set it to the client's secret at the provider",
  }),
  /** The text of the sign-in button. */
  OIDC_NAME: z.string().max(60, { error: "OIDC_NAME: at most 60 characters" }).default("SSO"),
  OIDC_SCOPES: z
    .string()
    .regex(/(^| )openid( |$)/, { error: "OIDC_SCOPES: scopes separated by spaces, with openid among them" })
    .default("openid email profile"),
  OIDC_GROUPS_CLAIM: z.string().default("groups"),
})

export type OidcEnv = z.infer<typeof oidcSchema>

/** The OIDC provider. Null if none is set. */
export function oidcEnv(): OidcEnv | null {
  const own = Object.entries(given()).filter(([name]) => name in oidcSchema.shape)
  return own.length === 0 ? null : read(oidcSchema, Object.fromEntries(own))
}
