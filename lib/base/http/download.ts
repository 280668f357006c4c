import { Readable } from "node:stream"
import { describe } from "@/lib/base/log/describe"
import { log } from "@/lib/base/log/log"

type Part = string | Uint8Array

/**
 * A response with a file that the browser saves while it is being made. Browsers that cannot read
 * `fileName` use `plainName`. A failure before the second part, which follows a table's head, is thrown. A
 * later one ends the connection, so that the browser shows the download as failed.
 */
export async function download(
  parts: AsyncIterable<Part>,
  { type, plainName, fileName }: { type: string; plainName: string; fileName?: string },
): Promise<Response> {
  const rest = parts[Symbol.asyncIterator]()
  const begun = [await rest.next(), await rest.next()].flatMap(({ done, value }) =>
    done ? [] : [value as Part],
  )
  const body = Readable.from(partsFrom(begun, rest), { objectMode: false })
  const longName = fileName === undefined ? "" : `; filename*=UTF-8''${encodeURIComponent(fileName)}`
  return new Response(Readable.toWeb(body) as ReadableStream, {
    headers: {
      "content-type": type,
      "content-disposition": `attachment; filename="${plainName}"${longName}`,
      "cache-control": "no-store",
    },
  })
}

export const csv = "text/csv; charset=utf-8"

async function* partsFrom(begun: Part[], rest: AsyncIterator<Part>): AsyncGenerator<Part> {
  try {
    yield* begun
    for (;;) {
      const next = await rest.next()
      if (next.done) return
      yield next.value
    }
  } catch (error) {
    log.error({ error: describe(error) }, "a download broke off")
    // Next prints this error. The original could quote rows.
    throw new Error("the download broke off")
  } finally {
    await rest.return?.()
  }
}
