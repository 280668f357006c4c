import { request } from "node:http"
import { text } from "node:stream/consumers"

export type Question = { method?: string; path: string; headers?: Record<string, string>; body?: string }
export type Answer = { status: number; headers: Record<string, string | string[] | undefined>; body: string }

/** Sends a path unchanged, while fetch would encode it. Rejects if the answer is cut off. */
export const ask = (url: string, { method = "GET", path, headers = {}, body }: Question): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url)
    request({ hostname, port, method, path, headers, agent: false }, (response) => {
      const { statusCode: status = 0, headers: given } = response
      text(response).then((whole) => resolve({ status, headers: given, body: whole }), reject)
    })
      .on("error", reject)
      .end(body)
  })
