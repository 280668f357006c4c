import { expect, test } from "vitest"
import { ArchiveMemory, turnToRead } from "@/lib/intake/imports/files/archive-memory"

const mebibyte = 1024 * 1024

test("an archive has at most 64 MiB, and all archives together at most three times that", () => {
  const archives = Array.from({ length: 4 }, () => new ArchiveMemory())
  const [first, second, third, fourth] = archives as [
    ArchiveMemory,
    ArchiveMemory,
    ArchiveMemory,
    ArchiveMemory,
  ]
  for (const archive of [first, second, third]) archive.take(64 * mebibyte)
  expect(() => fourth.take(1)).toThrow("Too many workbooks")
  fourth.release()
  first.release()
  first.release()
  fourth.take(64 * mebibyte)
  expect(() => fourth.take(1)).toThrow("over 64 MiB")
  for (const archive of archives) archive.release()
})

test("two workbooks are read at once; the others wait for their turn", async () => {
  const begun: number[] = []
  const turns = [0, 1, 2].map((i) =>
    turnToRead().then((end) => {
      begun.push(i)
      return end
    }),
  )
  const end = await turns[0]
  await turns[1]
  expect(begun).toEqual([0, 1])
  end?.()
  await turns[2]
  expect(begun).toEqual([0, 1, 2])
  for (const turn of turns) (await turn)()
})
