import { z } from "zod"

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

/** A schema as the document has it: of what is sent, or of what is answered. */
export function jsonSchemaOf(schema: z.ZodType, io: "input" | "output" = "input"): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" })
  return rest as Json
}
