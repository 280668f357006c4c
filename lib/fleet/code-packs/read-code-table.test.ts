import { describe, expect, test } from "vitest"
import { readCodeTable } from "@/lib/fleet/code-packs/read-code-table"

const read = (type: string, body: BodyInit) =>
  readCodeTable(
    new Request("http://localhost/api/v1/code-packs/own", {
      method: "PUT",
      headers: { "content-type": type },
      body,
    }),
  )

describe("readCodeTable", () => {
  test("reads JSON and fills in defaults", async () => {
    expect(
      await read("application/json", JSON.stringify({ codes: [{ code: " E7 ", cause: "device" }] })),
    ).toEqual({
      codes: [
        {
          code: "E7",
          cause: "device",
          subcause: "unspecified",
          remedy: "none",
          retry: "unknown",
          device_attributable: "weak",
          confidence: "medium",
          meaning_en: "E7",
          meaning_zh: "",
        },
      ],
    })
  })

  test("reads CSV with the same names, as Excel writes it", async () => {
    const csv =
      "\uFEFFcode,cause,subcause,remedy,meaning_zh\r\n" +
      "51,card,insufficient_funds,check_card contact_issuer,余额不足\r\n" +
      "91,system,,,\r\n"
    const { codes } = await read("text/csv; charset=utf-8", csv)
    expect(codes).toMatchObject([
      {
        code: "51",
        cause: "card",
        subcause: "insufficient_funds",
        remedy: "check_card contact_issuer",
        meaning_en: "51",
        meaning_zh: "余额不足",
      },
      { code: "91", cause: "system", subcause: "unspecified", remedy: "none" },
    ])
  })

  test.each([
    [
      "an unknown cause",
      "application/json",
      JSON.stringify({ codes: [{ code: "1", cause: "weather" }] }),
      "codes.0.cause",
    ],
    [
      "an unknown subcause",
      "application/json",
      JSON.stringify({ codes: [{ code: "1", cause: "card", subcause: "bad_luck" }] }),
      "subcause",
    ],
    ["an unknown remedy", "text/csv", "code,cause,remedy\n1,card,pray\n", "remedy"],
    ["a misspelt column", "text/csv", "code,cause,sub_cause\n1,card,expired_card\n", "sub_cause"],
    ["no code", "application/json", JSON.stringify({ codes: [] }), "codes"],
    [
      "a text that cannot be stored",
      "application/json",
      JSON.stringify({ codes: [{ code: "1\0", cause: "card" }] }),
      "stored",
    ],
    ["broken JSON", "application/json", "{", "JSON"],
    ["broken CSV", "text/csv", 'code,cause\n"1,card\n', "CSV"],
    ["bytes that are not UTF-8", "text/csv", new Uint8Array([0x63, 0xd5, 0xc5]), "UTF-8"],
    ["another type", "text/plain", "51 card", "Content-Type"],
    ["lines of JSON", "application/x-ndjson", "{}", "Content-Type"],
    ["too many codes", "text/csv", `code,cause\n${"1,card\n".repeat(5_001)}`, "codes"],
    ["too many values", "application/json", `{"codes":[${"0,".repeat(60_000)}0]}`, "5,000 codes"],
    ["a row that is too long", "text/csv", `code,cause,note\n1,card,${"x".repeat(20_000)}\n`, "CSV"],
    ["a table that is too long", "text/csv", `code,cause\n${"1,card\n".repeat(400_000)}`, "2 MiB"],
  ])("refuses %s", async (_name, type, body, reason) => {
    await expect(read(type, body)).rejects.toThrow(reason)
  })
})
