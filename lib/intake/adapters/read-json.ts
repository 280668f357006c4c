import { JSONParser } from "@streamparser/json"
import { Pace } from "@/lib/base/http/pace"

/** Text up to this length is parsed at once; parsing more would block other requests. */
const longestAtOnce = 1024 * 1024
const pieceLength = 16 * 1024

/** The value of a JSON text, or undefined if it is not JSON. A long text is read in pieces. */
export async function readJson(text: string): Promise<unknown> {
  try {
    return text.length <= longestAtOnce ? (JSON.parse(text) as unknown) : await readPieces(text)
  } catch {
    return undefined
  }
}

async function readPieces(text: string): Promise<unknown> {
  const parser = new JSONParser({ paths: ["$"] })
  const pace = new Pace()
  let value: unknown
  parser.onValue = (read) => (value = read.value)
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += pieceLength) {
    parser.write(bytes.subarray(at, at + pieceLength))
    if (pace.isDue) await pace.giveWay()
  }
  return value
}
