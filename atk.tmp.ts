import fs from "node:fs"
import { setTimeout as pause } from "node:timers/promises"
import { Worker } from "node:worker_threads"
import { gzipSync } from "node:zlib"
import { asWorker } from "@/lib/base/db/transaction"
import { givenKey, givenOrganisation } from "@/tests/support/factories"
import { startStack } from "@/tests/support/stack"
const stack = await startStack({ logLevel: "warn" })
const mb = 1 << 20
try {
  await stack.web.start()
  const { orgId } = await givenOrganisation()
  const key = await asWorker((db) => givenKey(db, orgId, ["ingest", "read", "write"] as never))
  const poll = new Worker(
    `const {parentPort,workerData}=require("worker_threads");const http=require("http");const agent=new http.Agent({keepAlive:true,maxSockets:1});let max=0;let n=0;parentPort.on("message",()=>{parentPort.postMessage([Math.round(max),n]);max=0;n=0});function go(){const b=performance.now();http.get(workerData+"/api/health/live",{agent},r=>{r.resume();r.on("end",()=>{max=Math.max(max,performance.now()-b);n++;setTimeout(go,3)})}).on("error",()=>setTimeout(go,50))}go()`,
    { eval: true, workerData: stack.url },
  )
  const ask = () =>
    new Promise<[number, number]>((r) => {
      poll.once("message", r)
      poll.postMessage(0)
    })
  const at = new Date().toISOString()
  const nd = "application/x-ndjson",
    js = "application/json",
    csv = "text/csv"
  const rec = (more: string) => `{"terminal":"A","at":"${at}",${more}}`
  const bodies: [string, string, string, () => string][] = [
    ["baseline small", "/api/v1/heartbeats", nd, () => rec('"app":"1"')],
    ["nd one line 15M", "/api/v1/heartbeats", nd, () => "4".repeat(15 * mb)],
    [
      "nd digits 60k lines",
      "/api/v1/heartbeats",
      nd,
      () =>
        Array(240)
          .fill(rec(`"x":"${"4".repeat(64000)}"`))
          .join("\n"),
    ],
    [
      "nd cards lines",
      "/api/v1/heartbeats",
      nd,
      () =>
        Array(240)
          .fill(rec(`"x":"${"4111111111111111 ".repeat(3700)}"`))
          .join("\n"),
    ],
    [
      "nd many fields",
      "/api/v1/heartbeats",
      nd,
      () =>
        Array(240)
          .fill(rec(Array.from({ length: 6000 }, (_, i) => `"f${i}":0`).join()))
          .join("\n"),
    ],
    [
      "nd events",
      "/api/v1/heartbeats",
      nd,
      () =>
        Array(240)
          .fill(rec(`"events":[${'{"kind":"x"},'.repeat(4500)}{}]`))
          .join("\n"),
    ],
    [
      "nd longnums",
      "/api/v1/heartbeats",
      nd,
      () =>
        Array(240)
          .fill(rec(`"x":[${"7012345678901234,".repeat(3600)}0]`))
          .join("\n"),
    ],
    ["nd 50k tiny bad", "/api/v1/transactions", nd, () => Array(50000).fill("{}").join("\n")],
    ["nd blank lines", "/api/v1/heartbeats", nd, () => "{}\n" + "\n".repeat(15 * mb)],
    [
      "json one string 15M",
      "/api/v1/heartbeats",
      js,
      () => `{"heartbeats":[${rec(`"x":"${"4".repeat(15 * mb)}"`)}]}`,
    ],
    [
      "json strings 900k",
      "/api/v1/heartbeats",
      js,
      () =>
        `{"heartbeats":[${Array(16)
          .fill(rec(`"x":"${"4".repeat(900000)}"`))
          .join()}]}`,
    ],
    [
      "json nums",
      "/api/v1/heartbeats",
      js,
      () =>
        `{"heartbeats":[${Array(15)
          .fill(rec(`"x":[${"0,".repeat(500000)}0]`))
          .join()}]}`,
    ],
    ["json not envelope", "/api/v1/heartbeats", js, () => `{"other":[${"0,".repeat(7 * mb)}0]}`],
    ["csv quotes", "/api/v1/heartbeats", csv, () => `terminal,at\n"${"a".repeat(15 * mb)}`],
    ["csv quotequotes", "/api/v1/heartbeats", csv, () => `terminal,at\n${'"'.repeat(15 * mb)}`],
    [
      "csv cols",
      "/api/v1/heartbeats",
      csv,
      () => `terminal,at,${"a,".repeat(20000)}\n${(",".repeat(30000) + "\n").repeat(400)}`,
    ],
    ["vendor string", "/api/v1/adapters/paxstore", js, () => `{"serialNo":"${"4".repeat(15 * mb)}"}`],
    [
      "vendor nums",
      "/api/v1/adapters/paxstore",
      js,
      () =>
        `[${Array(200)
          .fill(`[${"0,".repeat(30000)}0]`)
          .join()}]`,
    ],
    ["vendor lines", "/api/v1/adapters/stripe", nd, () => "{}\n" + "\n".repeat(15 * mb) + "{}"],
    [
      "vendor many",
      "/api/v1/adapters/stripe",
      js,
      () => `[${`{"serial_number":"${"4".repeat(60)}","x":{"a":1}},`.repeat(49000)}{}]`,
    ],
    [
      "vendor wide names",
      "/api/v1/adapters/stripe",
      js,
      () => `[${`{"serial_number":"a","${"n".repeat(300)}":{"a":1}},`.repeat(40000)}{}]`,
    ],
    [
      "import digits",
      "/api/v1/imports?fileName=a.csv",
      csv,
      () => `serial,at\n${("4".repeat(250000) + ",1\n").repeat(100)}`,
    ],
    [
      "import cols",
      "/api/v1/imports?fileName=a.csv",
      csv,
      () =>
        `${Array.from({ length: 490 }, (_, i) => "c" + i).join()}\n${(Array(490).fill("4222222222").join() + "\n").repeat(4000)}`,
    ],
    ["import one line", "/api/v1/imports?fileName=a.csv", csv, () => "a".repeat(30 * mb)],
    ["import delims", "/api/v1/imports?fileName=a.csv", csv, () => ",;\t|".repeat(8 * mb)],
    [
      "import header",
      "/api/v1/imports?fileName=a.csv",
      csv,
      () =>
        (Array.from({ length: 500 }, (_, i) => "终端号" + i).join() + "\n").repeat(60) +
        "1\n".repeat(1000000),
    ],
    ["replay json", "/api/v1/quarantine/1/replay", js, () => `{"record":{${"} ".repeat(120000)}}`],
    ["json route nums", "/api/v1/stores", js, () => `{"a":[${"0,".repeat(120000)}0]}`],
    ["json route", "/api/v1/stores", js, () => `{"a":[${"{},".repeat(9000)}0]}`],
    ["code table", "/api/v1/code-packs/x", csv, () => `code,cause\n${"1,card\n".repeat(300000)}`],
  ]
  await pause(1000)
  await ask()
  const only = process.argv[2]
  for (const [name, path, type, make] of bodies) {
    if (only && !name.includes(only)) continue
    for (const zip of [false, true]) {
      let raw: Buffer | null = Buffer.from(make())
      const body = zip ? gzipSync(raw, { level: 1 }) : raw
      raw = null
      await ask()
      const b = performance.now()
      const r = await fetch(stack.url + path, {
        method: path.includes("code-packs") ? "PUT" : "POST",
        body,
        headers: {
          authorization: "Bearer " + key,
          "content-type": type,
          ...(zip ? { "content-encoding": "gzip" } : {}),
        },
      }).catch((e) => ({ status: String(e.cause ?? e), text: async () => "" }))
      const t = (await r.text()).slice(0, 140)
      const ms = Math.round(performance.now() - b)
      const [max, n] = await ask()
      const rss =
        Number(/VmRSS:\s+(\d+)/.exec(fs.readFileSync(`/proc/${stack.web.pid()}/status`, "utf8"))?.[1]) >> 10
      console.log(
        `${max > 60 ? "!!" : "  "} ${name}${zip ? " gz" : ""} -> ${r.status} ${ms}ms, live max ${max}ms of ${n}, rss ${rss}M ${t.slice(0, 100)}`,
      )
      if (!stack.web.isRunning()) {
        console.log("WEB DIED")
        await stack.web.start()
      }
    }
  }
  await poll.terminate()
} finally {
  console.log(
    stack
      .said()
      .split("\n")
      .filter((l) => l.includes('"level":5') || l.includes('"level":6'))
      .slice(-5)
      .join("\n")
      .slice(0, 1500),
  )
  await stack.stop()
}
