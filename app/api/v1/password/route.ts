import { z } from "zod"
import { changePassword } from "@/lib/access/change-password"
import { sessionUser } from "@/lib/access/authenticate"
import { AppError } from "@/lib/errors"
import { answerError } from "@/lib/http/answer"
import { isSameOrigin } from "@/lib/http/same-origin"

const Change = z.strictObject({ current: z.string().max(200), next: z.string().max(1000) })

/** Changes one's own password. The only route that a user with a one-time password may call, so it is not behind `handler`. */
export async function POST(request: Request): Promise<Response> {
  try {
    const user = await sessionUser(request.headers)
    if (!user) throw new AppError("unauthenticated", "Sign in first.")
    if (!isSameOrigin(request.headers)) throw new AppError("forbidden", "The request comes from another site.")
    const change = Change.safeParse(await request.json().catch(() => null))
    if (!change.success) throw new AppError("invalid", "Send the current and the next password.")
    await changePassword({ user, ...change.data })
    return new Response(null, { status: 204 })
  } catch (error) {
    return answerError(error, new URL(request.url).pathname)
  }
}
