import { expect, test } from "vitest"
import { z } from "zod"
import { AppError } from "@/lib/base/errors"
import { decodeCursor, encodeCursor } from "@/lib/base/http/cursor"

const Key = z.tuple([z.string(), z.int()])
const cursor = encodeCursor("stores by name", ["静安店", 7])

test("a cursor is read as it was written, by the list that wrote it", () => {
  expect(decodeCursor("stores by name", cursor, Key)).toEqual(["静安店", 7])
})

test.each([
  ["of another list", encodeCursor("regions by name", ["a", 7])],
  ["of other parts", encodeCursor("stores by name", [7, "a"])],
  ["with too few parts", encodeCursor("stores by name", ["a"])],
  ["with a number that is none", encodeCursor("stores by name", ["a", 1.5])],
  ["with a number that is too large", encodeCursor("stores by name", ["a", 2 ** 60])],
  ["with a NUL", encodeCursor("stores by name", ["a\0", 7])],
  ["with half a letter", encodeCursor("stores by name", ["\ud83e", 7])],
  ["that was cut", cursor.slice(0, -4)],
  ["that is no JSON", Buffer.from("nonsense").toString("base64url")],
  ["that is nothing of ours", "nonsense"],
  ["that is empty", ""],
])("a cursor %s is refused", (_name, text) => {
  const refused = new AppError(
    "invalid",
    "The cursor is not one of this list in this order: start again without it.",
    { field: "cursor" },
  )
  expect(() => decodeCursor("stores by name", text, Key)).toThrow(refused)
})
