import { routes } from "@/app/api/v1/openapi.json/routes"
import { handler } from "@/lib/access/routes/handler"
import answers from "@/lib/run/openapi/answers.json"
import { documentOf, type Answers } from "@/lib/run/openapi/document"

let text: string | undefined

export const GET = handler({
  may: null,
  allowance: "documents",
  answer: "file",
  run: () => {
    text ??= JSON.stringify(documentOf(routes, answers as Answers))
    return Promise.resolve(
      new Response(text, {
        headers: { "content-type": "application/json", "cache-control": "public, max-age=300" },
      }),
    )
  },
})
