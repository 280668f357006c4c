import { expect, test } from "vitest"
import { z } from "zod"
import { AppError } from "@/lib/base/errors"
import { decodeCursor, encodeCursor } from "@/lib/base/http/cursor"

const Key = z.tuple([z.string(), z.int()])
const cursor = encodeCursor("stores by name", ["静安店", 7])

test("reads a cursor back, for the list that wrote it", () => {
  expect(decodeCursor("stores by name", cursor, Key)).toEqual(["静安店", 7])
})

test.each([
  ["of another list", encodeCursor("regions by name", ["a", 7])],
  ["of other parts", encodeCursor("stores by name", [7, "a"])],
  ["with too few parts", encodeCursor("stores by name", ["a"])],
  ["with a number that is not a number", encodeCursor("stores by name", ["a", 1.5])],
  ["with a number that is too large", encodeCursor("stores by name", ["a", 2 ** 60])],
  ["with a NUL", encodeCursor("stores by name", ["a\0", 7])],
  ["with half a letter", encodeCursor("stores by name", ["\ud83e", 7])],
  ["that was cut", cursor.slice(0, -4)],
  ["that is not JSON", Buffer.from("nonsense").toString("base64url")],
  ["with unexpected JSON", "nonsense"],
  ["that is empty", ""],
])("refuses a cursor %s", (_name, text) => {
  const refused = new AppError(
    "invalid",
    "This cursor belongs to another list or order. Start again without it.",
    { field: "cursor" },
  )
  expect(() => decodeCursor("stores by name", text, Key)).toThrow(refused)
})

test("may stand at a number that looks like a card number", () => {
  const rate = "0.06451612903225806"
  expect(decodeCursor("terminals by rate", encodeCursor("terminals by rate", [rate, 7]), Key)).toEqual([
    rate,
    7,
  ])
})
