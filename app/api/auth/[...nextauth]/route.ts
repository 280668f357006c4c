import NextAuth from "next-auth"
import { NextRequest } from "next/server"
import { authOptions } from "@/lib/access/sign-in/auth-options"
import { AppError } from "@/lib/base/errors"
import { answerError } from "@/lib/base/http/answer"
import { problem } from "@/lib/base/http/problem"
import { readText } from "@/lib/base/http/read-text"
import { paths } from "@/lib/base/paths"

type Context = { params: Promise<{ nextauth: string[] }> }

/** In bytes. Forms from our pages and from the provider have a few hundred. */
const longestForm = 16 * 1024

async function handle(request: NextRequest, context: Context): Promise<Response> {
  try {
    // With this route of next-auth, anyone could write to our log.
    if ((await context.params).nextauth[0] === "_log") throw new AppError("not_found", "Not found.")
    let limited: AppError | undefined
    const response = await NextAuth(authOptions(request.headers, (error) => (limited = error)))(
      await bounded(request),
      context,
    )
    return limited ? problem(withUrl(limited, request), crypto.randomUUID()) : response
  } catch (error) {
    return answerError(error, request.nextUrl.pathname)
  }
}

/** The request with a body of limited length, because next-auth reads bodies of any length. */
async function bounded(request: NextRequest): Promise<NextRequest> {
  if (!request.body) return request
  const { url, method, headers } = request
  return new NextRequest(url, { method, headers, body: await readText(request, longestForm) })
}

// next-auth's client reads the error from the `url` of the answer.
const withUrl = ({ code, message, detail }: AppError, request: Request): AppError =>
  new AppError(code, message, {
    ...detail,
    url: new URL(`${paths.signIn}?error=${String(detail["retryAfterSeconds"])}`, request.url).href,
  })

export { handle as GET, handle as POST }
