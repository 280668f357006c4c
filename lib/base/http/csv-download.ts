import { Readable } from "node:stream"

/** A response with a CSV file that the browser saves. */
export const csvDownload = (
  { fileName, text }: { fileName: string; text: AsyncIterable<string> },
  plainName: string,
): Response =>
  new Response(Readable.toWeb(Readable.from(text, { objectMode: false })) as ReadableStream, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition":
        `attachment; filename="${plainName}"; ` + `filename*=UTF-8''${encodeURIComponent(fileName)}`,
      "cache-control": "no-store",
    },
  })
