import { z } from "zod"

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

/** The JSON schema of a request (`input`) or an answer (`output`). */
export function jsonSchemaOf(schema: z.ZodType, io: "input" | "output" = "input"): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" })
  return rest as Json
}
