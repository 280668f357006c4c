import NextAuth from "next-auth"
import { authOptions } from "@/lib/access/auth-options"
import { AppError } from "@/lib/errors"
import { problem } from "@/lib/http/problem"
import { paths } from "@/lib/paths"

type Context = { params: Promise<{ nextauth: string[] }> }

async function handle(request: Request, context: Context): Promise<Response> {
  let limited: AppError | undefined
  const response = await NextAuth(authOptions(request.headers, (error) => (limited = error)))(request, context)
  return limited ? problem(withUrl(limited, request), crypto.randomUUID()) : response
}

// next-auth's client reads what went wrong out of an address in the answer.
const withUrl = ({ code, message, detail }: AppError, request: Request): AppError =>
  new AppError(code, message, { ...detail, url: new URL(`${paths.signIn}?error=${String(detail["retryAfterSeconds"])}`, request.url).href })

export { handle as GET, handle as POST }
