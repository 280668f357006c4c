import { promisify } from "node:util"
import { gunzip, gzip } from "node:zlib"
import { inOrganisation, wholeOrganisation } from "@/lib/base/db/transaction"
import { inPieces } from "@/lib/base/http/pace"
import { insertSource, sourcePart } from "@/lib/intake/imports/runs/source-sql"

const partLength = 1024 * 1024

type Run = { orgId: string; importId: string }

/** Stores the masked copy of a file, from which its rows can be read again. */
export async function keepSource({ orgId, importId }: Run, blocks: AsyncIterable<Buffer>): Promise<void> {
  let number = 0
  let waiting: Buffer[] = []
  let length = 0
  const flush = async () => {
    const bytes = await promisify(gzip)(Buffer.concat(waiting))
    await inOrganisation(wholeOrganisation(orgId), (db) =>
      insertSource(db, { orgId, importId, number, bytes }),
    )
    number += 1
    waiting = []
    length = 0
  }
  for await (const block of blocks) {
    waiting.push(block)
    length += block.length
    if (length >= partLength) await flush()
  }
  if (length > 0) await flush()
}

/** The masked copy of a file. */
export const openSource = (run: Run): AsyncIterable<Uint8Array> => inPieces(parts(run))

async function* parts({ orgId, importId }: Run): AsyncGenerator<Uint8Array> {
  for (let number = 0; ; number += 1) {
    const [part] = await inOrganisation(wholeOrganisation(orgId), (db) =>
      sourcePart(db, { importId, number }),
    )
    if (!part) return
    yield await promisify(gunzip)(part.bytes)
  }
}
