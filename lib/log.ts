import { pino } from "pino"

// Records name counts, ids and durations; never a body, a header or a secret.
export const log = pino({ level: process.env["LOG_LEVEL"] ?? "info", base: null })
