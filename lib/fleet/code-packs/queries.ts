import { queryOptions, skipToken } from "@tanstack/react-query"
import { answerOf, getJson, withQuery } from "@/lib/base/http/get-json"
import { sendJson } from "@/lib/base/http/send-json"
import { catalogueKey, catalogueOptions } from "@/lib/fleet/catalogue/queries"

const schemas = () => import("@/lib/fleet/code-packs/schemas")
const address = (codeSystem: string) => `/api/v1/code-packs/${encodeURIComponent(codeSystem)}`

export const codeSystemsOptions = () =>
  catalogueOptions("code-packs", async () => (await schemas()).CodePackList)

/** A file with a table, as the API takes it. Each reading has a number, which names it in the cache. */
export type TableFile = { number: number; type: "text/csv" | "application/json"; text: string }

let filesRead = 0

/** Reads a chosen file. Excel in Chinese writes CSV as GB18030. */
export async function tableFileOf(file: File): Promise<TableFile> {
  filesRead += 1
  const number = filesRead
  const bytes = await file.arrayBuffer()
  const type = file.name.toLowerCase().endsWith(".json") ? "application/json" : "text/csv"
  try {
    return { number, type, text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) }
  } catch {
    return { number, type, text: new TextDecoder("gb18030").decode(bytes) }
  }
}

const send = (method: "PUT" | "POST", path: string, { type, text }: TableFile) =>
  fetch(path, { method, headers: { "content-type": type }, body: text })

/** What a table would change, before it is uploaded. */
export const tablePreviewOptions = (codeSystem: string, file: TableFile | null) =>
  queryOptions({
    queryKey: [...catalogueKey, "code-packs/preview", codeSystem, file?.number ?? null],
    queryFn:
      file === null || codeSystem === ""
        ? skipToken
        : async () =>
            answerOf(
              await send("POST", `${address(codeSystem)}/preview`, file),
              async () => (await schemas()).CodeTablePreview,
            ),
    retry: false,
  })

export const uploadTable = async (codeSystem: string, file: TableFile) =>
  answerOf(await send("PUT", address(codeSystem), file), async () => (await schemas()).UploadedPack)

/** One code: what it means, its history, and what it may mean. */
export const codeOptions = (codeSystem: string, code: string) =>
  queryOptions({
    queryKey: [...catalogueKey, "code-packs/codes", codeSystem, code],
    queryFn: ({ signal }) =>
      getJson(`${address(codeSystem)}/codes`, { code }, async () => (await schemas()).CodeDetail, signal),
  })

/** What the codes of a system mean now. */
export const codeTableOptions = (codeSystem: string) =>
  catalogueOptions(
    `code-packs/${encodeURIComponent(codeSystem)}`,
    async () => (await schemas()).CodeTableDetail,
  )

export const forgetCode = (codeSystem: string, code: string) =>
  sendJson(
    "DELETE",
    withQuery(`${address(codeSystem)}/codes`, { code }),
    null,
    async () => (await schemas()).UploadedPack,
  )

export const mapCodes = (codeSystem: string, codes: readonly object[]) =>
  sendJson("POST", `${address(codeSystem)}/codes`, { codes }, async () => (await schemas()).UploadedPack)
