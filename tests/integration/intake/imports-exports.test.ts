import { runOnce } from "graphile-worker"
import { writeXlsx } from "hucre/xlsx"
import iconv from "iconv-lite"
import { expect, test } from "vitest"
import { GET as getRejected } from "@/app/api/v1/imports/[id]/rejected/route"
import { GET as getOne } from "@/app/api/v1/imports/[id]/route"
import { POST as postStart } from "@/app/api/v1/imports/[id]/start/route"
import { POST as postUpload } from "@/app/api/v1/imports/route"
import type { ImportDetail } from "@/lib/intake/imports/runs/schemas"
import { queueOptions } from "@/lib/run/jobs/queue-options"
import { tasks } from "@/lib/run/jobs/tasks"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, type Organisation } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { rowsOf } from "@/tests/support/ingest"

useDatabase()

async function imported(
  { ingestKey: key }: Organisation,
  fileName: string,
  body: Uint8Array<ArrayBuffer>,
): Promise<ImportDetail> {
  const upload = await call(postUpload, `/api/v1/imports?fileName=${encodeURIComponent(fileName)}`, {
    key,
    body,
  })
  expect(upload.status).toBe(200)
  const { id, mapping } = (await upload.json()) as ImportDetail
  const about = { key, params: { id } }
  expect(
    (
      await call(postStart, `/api/v1/imports/${id}/start`, {
        ...about,
        body: JSON.stringify({ profile: mapping }),
      })
    ).status,
  ).toBe(200)
  await runOnce({ ...queueOptions(), taskList: tasks })
  return (await (await call(getOne, `/api/v1/imports/${id}`, about)).json()) as ImportDetail
}
const rejected = async ({ ingestKey: key }: Organisation, { id }: ImportDetail) =>
  (await call(getRejected, `/api/v1/imports/${id}/rejected`, { key, params: { id } })).text()

type Sale = {
  id: string
  at: Date
  outcome: string
  code: string | null
  amount_minor: number
  card_ref: string | null
  issuer_bin: string | null
  operator: string | null
  rrn: string | null
  code_system: string
}
const salesOf = ({ orgId }: Organisation) => rowsOf<Sale>(orgId, "transaction")

const pan = "6212345678901232"

test("拉卡拉: title rows, a totals row, quoted amounts, apostrophes, GB18030", async () => {
  const org = await givenOrganisation()
  const text = [
    "拉卡拉商户交易明细,,,,,,,",
    "商户号：822290058120001,,起止日期：2026-05-04 至 2026-05-04,,,,,",
    "",
    "序号,终端号,交易日期,交易时间,交易类型,交易金额（元）,卡号,应答码,系统参考号,操作员号",
    "1,'C0001234,2026-05-04,09:01:02,消费,\"¥1,234.50\",622202******1234,'00,'600000000001,'01",
    `2,'C0001234,20260504,090203,消费,"2,000",'${pan},'51,'600000000002,'01`,
    '合计,,,,,"3,234.50",,,,',
  ].join("\r\n")
  const run = await imported(org, "拉卡拉_0504.csv", new Uint8Array(iconv.encode(text, "gb18030")))
  expect(run).toMatchObject({ state: "done", accepted: 2, detected: { encoding: "gb18030" } })
  expect(await salesOf(org)).toMatchObject([
    {
      at: new Date("2026-05-04T01:01:02Z"),
      outcome: "approved",
      code: "00",
      amount_minor: 123_450,
      operator: "01",
      rrn: "600000000001",
      code_system: "unionpay",
    },
    {
      at: new Date("2026-05-04T01:02:03Z"),
      outcome: "declined",
      code: "51",
      amount_minor: 200_000,
      issuer_bin: "621234",
      card_ref: expect.any(String) as string,
    },
  ])
  expect(await rejected(org, run)).not.toContain(pan)
})

test("盛付通: UTF-8 with BOM, one time column, a status in words", async () => {
  const org = await givenOrganisation()
  const text = [
    "\uFEFF终端编号,交易时间,交易状态,交易金额,银行卡号,返回码,参考号,收银员",
    "10000001,2026/5/4 9:05,交易成功,12.50元,6222 02** **** 1234,00,7001,张三",
    "10000001,2026/5/4 9:06,交易失败,8.00元,622202******1234,55-密码错误,7002,张三",
    "总计：2笔,,,20.50元,,,,",
    "",
  ].join("\n")
  const run = await imported(org, "盛付通交易.csv", new Uint8Array(Buffer.from(text)))
  expect(run).toMatchObject({ state: "done", accepted: 2 })
  expect(await salesOf(org)).toMatchObject([
    { outcome: "approved", amount_minor: 1_250, operator: "张三" },
    { outcome: "declined", code: "55", at: new Date("2026-05-04T01:06:00Z") },
  ])
})

test("银联商务: a workbook with date cells, time cells and numbers shortened by Excel", async () => {
  const org = await givenOrganisation()
  const columns = ["商户号", "终端号", "交易日期", "交易时间", "交易金额", "卡号", "应答码", "检索参考号"]
  const day = new Date("2026-05-04T00:00:00Z")
  const time = new Date("1899-12-30T09:07:08Z")
  const sale = ["898110259990001", "01234567", day, time, 99.9, "622202******1234", 0, "000000000123"]
  const workbook = await writeXlsx({
    sheets: [
      {
        name: "交易明细",
        rows: [["银联商务交易流水"], [], columns, sale, ["合计", "", "", "", 99.9]],
        cells: new Map([
          ["3,2", { value: day, style: { numFmt: "yyyy/m/d" } }],
          ["3,3", { value: time, style: { numFmt: "hh:mm:ss" } }],
        ]),
      },
    ],
  })
  const run = await imported(org, "银联商务.xlsx", new Uint8Array(workbook))
  expect(run).toMatchObject({ state: "done", accepted: 1, detected: { format: "xlsx" } })
  expect(await salesOf(org)).toMatchObject([
    {
      at: new Date("2026-05-04T01:07:08Z"),
      code: "00",
      outcome: "approved",
      amount_minor: 9_990,
      code_system: "ums-mispos",
      rrn: "000000000123",
    },
  ])
})
