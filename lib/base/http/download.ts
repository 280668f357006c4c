import { Readable } from "node:stream"
import { describe } from "@/lib/base/http/answer"
import { log } from "@/lib/base/log/log"

type Part = string | Uint8Array

/**
 * A file as it is made, for a browser to save. `plainName` is for browsers that cannot read others. A failure before the
 * second part, which follows a table's head, is thrown and answered as any other; a later one ends the connection, so
 * that the file is seen to be incomplete.
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
    // Next prints the error that a body ends with: the one above may quote rows.
    throw new Error("the download broke off")
  } finally {
    await rest.return?.()
  }
}
