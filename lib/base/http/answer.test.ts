import { expect, test } from "vitest"
import { AppError } from "@/lib/base/errors"
import { answerError } from "@/lib/base/http/answer"

const ofDatabase = (code: string) =>
  Object.assign(new Error(`value "private text" at row 7`), {
    code,
    detail: "Failing row contains (private text).",
  })

test.each([
  ["a number outside its type's range", ofDatabase("22003"), 422, "invalid"],
  ["a day that does not exist", ofDatabase("22008"), 422, "invalid"],
  ["a text that cannot be stored", ofDatabase("22021"), 422, "invalid"],
  ["a row that breaks a constraint", ofDatabase("23514"), 500, undefined],
  ["a wrong statement of ours", ofDatabase("42601"), 500, undefined],
  ["no connection", ofDatabase("08006"), 503, "unavailable"],
  ["a full disk", ofDatabase("53100"), 503, "unavailable"],
  ["a defect", new Error("private text"), 500, undefined],
  ["an AppError", new AppError("conflict", "This already exists."), 409, "conflict"],
])("answers %s", async (_name, error, status, code) => {
  const response = answerError(error, "/api/v1/stores")
  expect(response.status).toBe(status)
  const body = await response.text()
  expect(JSON.parse(body)).toMatchObject({ status, detail: expect.stringMatching(/^[A-Z].*\.$/) })
  expect((JSON.parse(body) as { code?: string }).code).toBe(code)
  expect(body).not.toContain("private text")
})
