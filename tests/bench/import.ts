import { execFileSync } from "node:child_process"
import { createReadStream, createWriteStream, mkdtempSync, rmSync, chmodSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { parse } from "csv-parse"
import ExcelJS from "exceljs"
import { startEmbedded } from "@/lib/db/embedded"

const header = ["终端号", "交易日期", "交易时间", "交易金额", "卡号", "应答码", "参考号", "凭证号", "操作员", "交易类型"]
const dayMs = 86_400_000

function rowOf(i: number, start: number): string[] {
  const at = new Date(start + Math.floor(i / 300) * 1000).toISOString()
  const code = i % 12 === 0 ? "51" : "00"
  return [`1000${String(i % 300).padStart(4, "0")}`, at.slice(0, 10), at.slice(11, 19), (i % 900) + ".50", `622848******${String(i % 9_000).padStart(4, "0")}`, code, String(600_000_000_000 + i), String(i % 1_000_000).padStart(6, "0"), "01", "消费"]
}

async function writeCsv(path: string, rows: number, start: number): Promise<void> {
  function* lines() {
    yield `${header.join(",")}\n`
    for (let i = 0; i < rows; i += 1) yield `${rowOf(i, start).join(",")}\n`
  }
  await pipeline(Readable.from(lines()), createWriteStream(path))
}

async function writeXlsx(path: string, rows: number, start: number): Promise<void> {
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: path, useSharedStrings: true })
  const sheet = workbook.addWorksheet("明细")
  sheet.addRow(header).commit()
  for (let i = 0; i < rows; i += 1) sheet.addRow(rowOf(i, start)).commit()
  await workbook.commit()
}

type Part = { seconds: number; peakMiB: number }

/** Each half in a process of its own, so that its memory is its own; as the page and a worker have them. */
function half(name: "upload" | "run", url: string, args: string[]): Part & { id: string } {
  const text = execFileSync(process.execPath, ["--import", "tsx", "tests/bench/import-half.ts", name, ...args], {
    env: { ...process.env, DATABASE_URL: url, LOG_LEVEL: "warn" }, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"],
  })
  return JSON.parse(text.trim().split("\n").at(-1) ?? "") as Part & { id: string }
}

/** A file of so many sales from the upload to the last row, on a PostgreSQL of its own; beside it, what parsing the same file alone takes. */
export async function benchImport({ rows, xlsx }: { rows: number; xlsx: boolean }): Promise<Record<string, string | number>> {
  const folder = mkdtempSync(join(tmpdir(), "tillwatch-bench-"))
  chmodSync(folder, 0o711)
  const server = await startEmbedded({ folder: join(folder, "postgres"), password: "bench", settings: { shared_buffers: "256MB", max_wal_size: "2GB" } })
  try {
    const url = server.urlOf("postgres")
    execFileSync(process.execPath, ["--import", "tsx", "lib/db/migrate-command.ts"], { env: { ...process.env, DATABASE_URL: url, LOG_LEVEL: "warn" }, stdio: ["ignore", "inherit", "inherit"] })
    const file = join(folder, xlsx ? "sales.xlsx" : "sales.csv")
    const start = Math.floor((Date.now() - 3 * dayMs) / dayMs) * dayMs
    await (xlsx ? writeXlsx : writeCsv)(file, rows, start)

    const plain = join(folder, "plain.csv")
    await writeCsv(plain, rows, start)
    const begun = performance.now()
    let parsed = 0
    for await (const _row of createReadStream(plain).pipe(parse())) parsed += 1
    const parseSeconds = (performance.now() - begun) / 1000

    const upload = half("upload", url, [file])
    const run = half("run", url, [upload.id])
    const seconds = upload.seconds + run.seconds
    return {
      rows: parsed - 1,
      "upload: seconds": upload.seconds.toFixed(1),
      "upload: peak memory of the process, MiB": upload.peakMiB,
      "run: seconds": run.seconds.toFixed(1),
      "run: rows a second": Math.round(rows / run.seconds),
      "run: peak memory of the process, MiB": run.peakMiB,
      "parsing the CSV alone: seconds": parseSeconds.toFixed(1),
      "whole import / parsing alone": (seconds / parseSeconds).toFixed(1),
    }
  } finally {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
