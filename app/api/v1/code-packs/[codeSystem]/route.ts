import { z } from "zod"
import { CodeTable } from "@/lib/causes/schemas"
import { uploadCodePack } from "@/lib/causes/upload-code-pack"
import { handler } from "@/lib/http/handler"

export const PUT = handler({
  auth: "read",
  params: z.strictObject({ codeSystem: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, { error: "lower-case letters, digits, dots and dashes" }) }),
  body: CodeTable,
  run: ({ actor, params, body }) => uploadCodePack({ actor, codeSystem: params.codeSystem, codes: body.codes }),
})
