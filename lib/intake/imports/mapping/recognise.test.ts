import iconv from "iconv-lite"
import { describe, expect, test } from "vitest"
import { completeProfile } from "@/lib/intake/imports/mapping/complete-profile"
import { Profile } from "@/lib/intake/imports/mapping/profile"
import { assignColumns, guessKind, recogniseHeader } from "@/lib/intake/imports/mapping/recognise"
import { auto, read, records } from "@/tests/support/mapped-files"

describe("a header", () => {
  test.each([
    ["终端号", "terminal"],
    [" 终端编号 ", "terminal"],
    ["Terminal ID", "terminal"],
    ["terminal_no", "terminal"],
    ["交易金额（元）", "amount"],
    ["交易金额(分)", "amount"],
    ["交易金额/分", "amount"],
    ["金额 单位：分", "amount"],
    ["amount_in_cents", "amount"],
    ["totalAmountFen", "amount"],
    ["refund_amount_cents", "amountOut"],
    ["积分", null],
    ["分期", null],
    ["应答码", "code"],
    ["响应码", "code"],
    ["返回码", "code"],
    ["Response Code", "code"],
    ["检索参考号", "rrn"],
    ["凭证号", "trace"],
    ["批次号", "batch"],
    ["卡号", "cardNumber"],
    ["交易类型", "type"],
    ["交易状态", "status"],
    ["操作员号", "operator"],
    ["支付渠道", "scheme"],
    ["商户号", "ignore"],
    ["发卡行", "ignore"],
    ["amountMinor", "amountMinor"],
    ["ＴＩＤ", "terminal"],
    ["没见过", null],
  ])("%s is %s", (header, target) => expect(recogniseHeader(header)).toBe(target))

  test("gets each target once, and a date beside a time is its date part", () => {
    expect(assignColumns(["终端号", "交易日期", "交易时间", "参考号", "系统参考号"], "transactions")).toEqual(
      { 终端号: "terminal", 交易日期: "date", 交易时间: "time", 参考号: "rrn", 系统参考号: "ignore" },
    )
  })
  test("uses the user's choice before the usual name", () => {
    expect(
      assignColumns(["终端号", "机身号"], "transactions", { 终端号: "ignore", 机身号: "terminal" }),
    ).toEqual({ 终端号: "ignore", 机身号: "terminal" })
  })
  test("distinguishes sales and heartbeats", () => {
    expect(guessKind(["终端号", "交易时间", "交易金额"])).toBe("transactions")
    expect(guessKind(["序列号", "上报时间", "电量", "信号强度"])).toBe("heartbeats")
  })
})

describe("a file of terminals", () => {
  test.each([
    ["供应商", "supplier"],
    ["Supplier", "supplier"],
    ["采购日期", "boughtOn"],
    ["购买日期", "boughtOn"],
    ["Purchase date", "boughtOn"],
    ["保修到期", "warrantyUntil"],
    ["质保到期日", "warrantyUntil"],
    ["Warranty until", "warrantyUntil"],
    ["warranty_expiry_date", "warrantyUntil"],
  ])("%s is %s", (header, target) =>
    expect(assignColumns([header], "terminals")).toEqual({ [header]: target }),
  )

  const terminals = Profile.parse({ name: "terminals", kind: "terminals", columns: {} })
  const head = (days: string[]) => ({
    headers: ["序列号", "采购日期"],
    rows: days.map((采购日期) => ({ 序列号: "SN", 采购日期 })),
  })
  test("finds the order of day and month from some of its dates", () => {
    expect(completeProfile(terminals, head(["05/11/2025", "31/10/2025"])).dateOrder).toBe("day-first")
    expect(completeProfile(terminals, head(["05/11/2025"])).dateOrder).toBeUndefined()
  })
})

describe("a file", () => {
  const chinese = [
    "交易明细报表",
    "商户号：8982,日期：20261124",
    "终端号,交易日期,交易时间,交易金额(元),卡号,应答码,参考号",
    '10000001,20261124,093000,"1,234.50",622848******1234,00,612345678901',
    "10000001,20261124,93105,5.00,622848******1234,51,612345678902",
    "",
  ].join("\n")

  test("in GB18030 with Chinese headers under a title", async () => {
    const found = await read(iconv.encode(chinese, "gb18030"))
    expect(found).toMatchObject({
      format: "csv",
      encoding: "gb18030",
      delimiter: ",",
      headers: ["终端号", "交易日期", "交易时间", "交易金额(元)", "卡号", "应答码", "参考号"],
    })
    expect(await records(iconv.encode(chinese, "gb18030"))).toEqual([
      expect.objectContaining({
        terminal: "10000001",
        at: "2026-11-24T09:30:00.000+08:00",
        amountMinor: 123_450,
        currency: "CNY",
        outcome: "approved",
        code: "00",
        id: "612345678901",
        issuerBin: "622848",
      }) as object,
      expect.objectContaining({
        at: "2026-11-24T09:31:05.000+08:00",
        amountMinor: 500,
        outcome: "declined",
        code: "51",
      }) as object,
    ])
  })

  test.each([
    ["UTF-8 with a mark", Buffer.from(`\uFEFF${chinese}`), "utf8"],
    ["UTF-8 without", Buffer.from(chinese), "utf8"],
    [
      "UTF-16 with a mark",
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(chinese, "utf16le")]),
      "utf16le",
    ],
    [
      "ASCII with Chinese in GB18030 only far into the file",
      Buffer.concat([
        Buffer.from("terminal,at,remark\n"),
        Buffer.from("T1,2026-11-24 09:30:00,plain\n".repeat(3_000)),
        iconv.encode("T1,2026-11-24 09:30:00,备注\n", "gb18030"),
      ]),
      "gb18030",
    ],
  ])("in %s", async (_name, bytes, encoding) => {
    const found = await read(bytes, {}, 50_001)
    expect(found.encoding).toBe(encoding)
    expect(JSON.stringify([found.headers, found.rows.at(-1)?.cells])).toMatch(/终端号|备注/)
  })

  test.each([
    [";", "semicolons"],
    ["\t", "tabs"],
    ["|", "bars"],
  ])("separated by %j (%s)", async (delimiter) => {
    const found = await read(
      `terminal${delimiter}at${delimiter}amount\nT1${delimiter}2026-11-24 09:30:00${delimiter}12,50\n`,
    )
    expect(found.delimiter).toBe(delimiter)
    expect(found.rows[0]?.cells).toEqual(["T1", "2026-11-24 09:30:00", "12,50"])
  })

  test("with serial day numbers of spreadsheets", async () => {
    expect(await records("终端号,交易时间,应答码\nT1,46350.395833333336,00\nT1,46350,51\n")).toMatchObject([
      { at: "2026-11-24T09:30:00.000+08:00" },
      { at: "2026-11-24T00:00:00.000+08:00" },
    ])
  })

  test("with one date that shows that the day comes first", async () => {
    expect(
      await records("terminal,date,time,rc\nT1,05/11/2026,9:30,00\nT1,24/11/2026,9:30,00\n", {
        ...auto,
        timeZone: "UTC",
      }),
    ).toMatchObject([{ at: "2026-11-05T09:30:00.000Z" }, { at: "2026-11-24T09:30:00.000Z" }])
  })

  test("finds refunds and voids in a column with only such words", async () => {
    expect(
      await records(
        "终端号,交易时间,交易金额,应答码,备注\n" +
          "T1,2026/1/4 9:05,3.00,00,\nT1,2026/1/4 9:06,2.00,00,退款\nT1,2026/1/4 9:07,1.00,00,已撤销\n",
      ),
    ).toMatchObject([
      { outcome: "approved", amountMinor: 300 },
      { outcome: "approved", amountMinor: -200 },
      { outcome: "cancelled" },
    ])
  })

  test.each([
    ["交易金额(分)", "1250", 1250],
    ["amount_cents", "1250", 1250],
    ["分期金额", "12.50", null],
    ["交易金额(元)", "12.50", 1250],
    ["交易金额(万元)", "1.2345", 1_234_500],
    ["交易金额(单位：千元)", "1.5", 150_000],
  ])("with %s of %s has %j in the smallest unit", async (header, cell, minor) => {
    const [record] = await records(`终端号,交易时间,${header},应答码\nT1,2026/1/4 9:05,${cell},00\n`)
    expect(record?.["amountMinor"] ?? null).toBe(minor)
  })

  test("uses status names before status numbers", async () => {
    expect(
      await records("终端号,交易时间,交易状态,状态描述\nT1,2026/1/4 9:05,1,成功\nT1,2026/1/4 9:06,2,失败\n"),
    ).toMatchObject([{ outcome: "approved" }, { outcome: "failed" }])
  })

  test("with twelve-digit amounts is in fen", async () => {
    expect(
      await records("终端号,交易时间,交易金额,应答码\nT1,2026/1/4 9:05,000000012345,00\n"),
    ).toMatchObject([{ amountMinor: 12_345, at: "2026-01-04T09:05:00.000+08:00" }])
  })

  test("without ids makes distinct ids for equal rows, and the same ids in the next file", async () => {
    const ids = async (body: string) => (await records(body)).map(({ id }) => id)
    const first = await ids(
      "序号,终端号,交易时间,交易状态\n1,T1,2026-01-04 09:05:00,成功\n2,T1,2026-01-04 09:05:00,成功\n",
    )
    expect(new Set(first).size).toBe(2)
    expect(
      await ids(
        "序号,终端号,交易时间,交易状态\n8,T1,2026-01-04 09:05:00,成功\n" +
          "9,T1,2026-01-04 09:05:00,成功\n10,T1,2026-01-05 09:05:00,失败\n",
      ),
    ).toEqual([...first, expect.any(String)])
  })

  test("masks card numbers and makes one reference for each card", async () => {
    const { rows } = await read(
      "终端号,卡号,备注\nT1,6212345678901232,\nT1,6212 3456 7890 1232,\nT1,,4111111111111111\n" +
        "T1,6212345678901232,4111111111111111\nT1,622848******1234,\n",
    )
    const [first, second, other, both, masked] = rows
    expect(JSON.stringify(rows)).not.toMatch(/6212345678901232|6212 3456|4111111111111111/)
    expect(first?.cells[1]).toBe("621234******1232")
    expect(first?.cardRef).toMatch(/^h1:1:[\w-]{22}$/)
    expect([second?.cardRef, both?.cardRef]).toEqual([first?.cardRef, first?.cardRef])
    expect(new Set([first, other, masked].map((row) => row?.cardRef)).size).toBe(3)
  })

  test("in the old XLS format is refused with advice", async () => {
    await expect(read(Buffer.from("d0cf11e0a1b11ae1", "hex"))).rejects.toThrow("save it as .xlsx or .csv")
  })
})
