import NextAuth from "next-auth"
import { authOptions } from "@/lib/access/auth-options"

type Context = { params: Promise<{ nextauth: string[] }> }

const handle = (request: Request, context: Context): Promise<Response> => NextAuth(authOptions(request.headers))(request, context)

export { handle as GET, handle as POST }
