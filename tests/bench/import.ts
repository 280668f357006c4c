import { execFileSync } from "node:child_process"
import { createReadStream, createWriteStream, mkdtempSync, rmSync, chmodSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { parse } from "csv-parse"
import { writeXlsxStream } from "hucre/xlsx"
import { startEmbedded } from "@/lib/base/db/embedded"
import { runOn } from "@/tests/support/commands"

const header = [
  "终端号",
  "交易日期",
  "交易时间",
  "交易金额",
  "卡号",
  "应答码",
  "参考号",
  "凭证号",
  "操作员",
  "交易类型",
]
/** `isChanged`: each terminal has another status and another store. */
type File = { rows: number; start: number; isSales: boolean; isChanged: boolean }

const dayMs = 86_400_000

function rowOf(i: number, start: number): string[] {
  const at = new Date(start + Math.floor(i / 300) * 1000).toISOString()
  const code = i % 12 === 0 ? "51" : "00"
  return [
    `1000${String(i % 300).padStart(4, "0")}`,
    at.slice(0, 10),
    at.slice(11, 19),
    (i % 900) + ".50",
    `622848******${String(i % 9_000).padStart(4, "0")}`,
    code,
    String(600_000_000_000 + i),
    String(i % 1_000_000).padStart(6, "0"),
    "01",
    "消费",
  ]
}

const terminalHeader = [
  "序列号",
  "终端号",
  "收单机构",
  "型号",
  "状态",
  "商户名称",
  "区域",
  "门店编号",
  "门店名称",
  "地址",
]

function terminalOf(i: number, isChanged: boolean): string[] {
  const store = Math.floor(i / 4) + (isChanged ? 1 : 0)
  return [
    `SN${String(i).padStart(7, "0")}`,
    String(20_000_000 + i),
    ["lakala", "shengpay", "ums"][i % 3] ?? "",
    `P${i % 9}`,
    isChanged ? "维修" : "在用",
    `商户${store % 50}`,
    `区域${store % 7}`,
    `S${store}`,
    `门店${store}`,
    `${store} 号`,
  ]
}

async function writeCsv(path: string, { rows, start, isSales, isChanged }: File): Promise<void> {
  function* lines() {
    yield `${(isSales ? header : terminalHeader).join(",")}\n`
    for (let i = 0; i < rows; i += 1)
      yield `${(isSales ? rowOf(i, start) : terminalOf(i, isChanged)).join(",")}\n`
  }
  await pipeline(Readable.from(lines()), createWriteStream(path))
}

async function writeXlsx(path: string, { rows, start, isSales, isChanged }: File): Promise<void> {
  function* lines() {
    yield isSales ? header : terminalHeader
    for (let i = 0; i < rows; i += 1) yield isSales ? rowOf(i, start) : terminalOf(i, isChanged)
  }
  await pipeline(
    Readable.from(writeXlsxStream(lines(), { name: "明细", inlineStrings: false })),
    createWriteStream(path),
  )
}

async function parseOnly(path: string): Promise<{ parsed: number; parseSeconds: number }> {
  const begun = performance.now()
  let parsed = 0
  for await (const _row of createReadStream(path).pipe(parse())) parsed += 1
  return { parsed, parseSeconds: (performance.now() - begun) / 1000 }
}

type Part = { id: string; seconds: number; peakMiB: number; first?: number; last?: number; changed?: number }

/** Runs a part in a process of its own, to measure its memory. */
function half(name: "upload" | "dry-run" | "run" | "export", url: string, args: string[]): Part {
  const text = execFileSync(
    process.execPath,
    ["--import", "tsx", "tests/bench/import-half.ts", name, ...args],
    {
      env: { ...process.env, DATABASE_URL: url, LOG_LEVEL: "warn" },
      encoding: "utf8",
      stdio: ["ignore", "pipe", "inherit"],
    },
  )
  return JSON.parse(text.trim().split("\n").at(-1) ?? "") as Part
}

type Figures = Record<string, string | number>

const figuresOf = (name: string, { seconds, peakMiB, first, last, changed }: Part): Figures => ({
  [`${name}: seconds`]: seconds.toFixed(1),
  ...(first === undefined || last === undefined
    ? {}
    : { [`${name}: rows a second, first and last tenth`]: `${first} ${last}` }),
  ...(changed === undefined ? {} : { [`${name}: rows that changed something`]: changed }),
  [`${name}: peak memory of the process, MiB`]: peakMiB,
})

/** A dry run, then imports of the file, the same file again, a changed file, and exported files. */
function terminalParts(
  url: string,
  path: string,
  changes: string,
  { upload, run }: { upload: Part; run: () => Part },
): { run: Part; figures: Figures } {
  const dry = half("dry-run", url, [upload.id, "terminals"])
  const first = run()
  const rerun = (file: string) => half("run", url, [half("upload", url, [file, upload.id]).id, "terminals"])
  const parts: [string, Part][] = [
    ["dry run", dry],
    ["the same file again", rerun(path)],
    ["a file with changes in every row", rerun(changes)],
  ]
  for (const format of ["csv", "xlsx"]) {
    const file = `${path}.exported.${format}`
    parts.push(
      [`export as ${format.toUpperCase()}`, half("export", url, [upload.id, file])],
      [`import of the exported ${format.toUpperCase()}`, rerun(file)],
    )
  }
  return {
    run: first,
    figures: Object.assign({}, ...parts.map(([name, part]) => figuresOf(name, part))) as Figures,
  }
}

/**
 * Measures the import of a file of sales or terminals from upload to last row, on a PostgreSQL of its own.
 * For comparison, it also measures how long parsing the same file takes.
 */
export async function benchImport({
  rows,
  xlsx,
  kind,
}: {
  rows: number
  xlsx: boolean
  kind: "transactions" | "terminals"
}): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), "tillwatch-bench-"))
  chmodSync(folder, 0o711)
  const server = await startEmbedded({
    folder: join(folder, "postgres"),
    password: "bench",
    settings: { shared_buffers: "256MB", max_wal_size: "2GB" },
  })
  try {
    const url = server.urlOf("postgres")
    runOn(url, "migrate")
    const [path, changes, plain] = [
      join(folder, xlsx ? `${kind}.xlsx` : `${kind}.csv`),
      join(folder, xlsx ? "changes.xlsx" : "changes.csv"),
      join(folder, "plain.csv"),
    ]
    const file: File = {
      rows,
      start: Math.floor((Date.now() - 3 * dayMs) / dayMs) * dayMs,
      isSales: kind === "transactions",
      isChanged: false,
    }
    const write = xlsx ? writeXlsx : writeCsv
    await write(path, file)
    await writeCsv(plain, file)
    const { parsed, parseSeconds } = await parseOnly(plain)

    const upload = half("upload", url, [path])
    const runOnce = () => half("run", url, [upload.id, file.isSales ? "lakala" : "terminals"])
    if (!file.isSales) await write(changes, { ...file, isChanged: true })
    const { run, figures } = file.isSales
      ? { run: runOnce(), figures: {} }
      : terminalParts(url, path, changes, { upload, run: runOnce })
    return {
      rows: parsed - 1,
      ...figuresOf("upload", upload),
      ...figuresOf("run", run),
      "run: rows a second": Math.round(rows / run.seconds),
      ...figures,
      "parsing the CSV alone: seconds": parseSeconds.toFixed(1),
      "whole import / parsing alone": ((upload.seconds + run.seconds) / parseSeconds).toFixed(1),
    }
  } finally {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
