import NextAuth from "next-auth"
import type { NextRequest } from "next/server"
import { authOptions } from "@/lib/access/sign-in/auth-options"
import { readable } from "@/lib/access/sign-in/readable"
import { AppError } from "@/lib/base/errors"
import { answerError } from "@/lib/base/http/answer"
import { problem } from "@/lib/base/http/problem"
import { paths } from "@/lib/base/paths"

type Context = { params: Promise<{ nextauth: string[] }> }

async function handle(request: NextRequest, context: Context): Promise<Response> {
  try {
    // With this route of next-auth, anyone could write to our log.
    if ((await context.params).nextauth[0] === "_log") throw new AppError("not_found", "Not found.")
    let limited: AppError | undefined
    const response = await NextAuth(authOptions(request.headers, (error) => (limited = error)))(
      await readable(request),
      context,
    )
    return limited ? problem(withUrl(limited, request), crypto.randomUUID()) : response
  } catch (error) {
    return answerError(error, request.nextUrl.pathname)
  }
}

// next-auth's client reads the error from the `url` of the answer.
const withUrl = ({ code, message, detail }: AppError, request: Request): AppError =>
  new AppError(code, message, {
    ...detail,
    url: new URL(`${paths.signIn}?error=${String(detail["retryAfterSeconds"])}`, request.url).href,
  })

export { handle as GET, handle as POST }
