import { expect, test } from "vitest"
import { DatabaseError } from "@/lib/base/db/database-error"
import { download } from "@/lib/base/http/download"

const row = "a row of the table"
const options = { type: "text/csv", plainName: "a.csv", fileName: "名.csv" }

async function* parts(good: number): AsyncGenerator<string> {
  for (let i = 0; i < good; i += 1) yield await Promise.resolve(`part ${i};`)
  throw Object.assign(new Error(row), { detail: row, code: "22P02" })
}

async function* whole(texts: string[]): AsyncGenerator<string> {
  for (const text of texts) yield await Promise.resolve(text)
}

test.each([[[]], [["one;"]], [["one;", "two;"]], [["one;", "two;", "three;"]]])(
  "sends all of %j",
  async (texts) => {
    const response = await download(whole(texts), options)
    expect(await response.text()).toBe(texts.join(""))
    expect(response.headers.get("content-disposition")).toBe(
      `attachment; filename="a.csv"; filename*=UTF-8''%E5%90%8D.csv`,
    )
  },
)

test.each([0, 1])("throws a failure after %i parts", async (good) => {
  await expect(download(parts(good), options)).rejects.toThrow(row)
})

test("breaks off at a later failure and quotes nothing", async () => {
  const body = (await download(parts(3), options)).body?.getReader()
  const read: string[] = []
  const failure = await (async () => {
    for (;;) {
      const next = await body?.read()
      if (!next || next.done) return null
      read.push(Buffer.from(next.value).toString())
    }
  })().catch((error: unknown) => error)
  expect(read.join("")).toBe("part 0;part 1;part 2;")
  expect(failure).toEqual(new Error("the download broke off"))
})

test("a database error quotes no values", () => {
  const told = { message: `invalid input syntax: "${row}"`, constraint: undefined }
  expect(new DatabaseError("22P02", told).message).not.toContain(row)
  expect(new DatabaseError("57014", { ...told, message: "canceling statement" }).message).toBe(
    "canceling statement",
  )
})
