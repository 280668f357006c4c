import { readFileSync } from "node:fs"
const terminals = process.env["N"] ?? "10000"
process.env["DATABASE_URL"] = readFileSync(`/tmp/scale/url.${terminals}`, "utf8")
process.env["NEXTAUTH_SECRET"] = "s".repeat(32)
process.env["LOG_LEVEL"] = "error"
process.env["TRUSTED_PROXIES"] = "1"
const { encode } = await import("next-auth/jwt")
const { default: sql } = await import("sql-template-tag")
const { routes } = await import("@/app/api/v1/openapi.json/routes")
const { sessionCookie } = await import("@/lib/access/sessions/auth-cookies")
const { closeDatabase } = await import("@/lib/base/db/client")
const { asWorker } = await import("@/lib/base/db/transaction")
const { addressOf, readsOf, samplesOf, titleOf } = await import("@/tests/bench/read/samples")
const pg = (await import("pg")).default
// statement times
const log: { ms: number; text: string }[] = []
const query = pg.Client.prototype.query as any
;(pg.Client.prototype as any).query = function (this: any, ...args: any[]) {
  const t = performance.now()
  const text = typeof args[0] === "string" ? args[0] : args[0]?.text
  const r = query.apply(this, args)
  if (r && typeof r.then === "function") return r.then((v: any) => { log.push({ ms: performance.now() - t, text }); return v })
  return r
}
const { org, readers } = await asWorker(async (db) => {
  const rows = await db.query<any>(sql`insert into session (org_id, user_id) select org_id, id from app_user where email ~ '^(admin|limited)[0-9]+@' returning id, org_id, user_id, (select role from app_user u where u.id = user_id) as role`)
  const r: any = { admin: [], limited: [] }
  for (const { id, org_id, user_id, role } of rows) {
    const cookie = await encode({ token: { sub: user_id, sid: id, org: org_id }, secret: "s".repeat(32) })
    r[role === "admin" ? "admin" : "limited"].push({ cookie: `${sessionCookie()}=${cookie}` })
  }
  return { org: rows[0], readers: r }
})
const only = new RegExp(process.env["ONLY"] ?? ".")
const times = Number(process.env["TIMES"] ?? 6)
const showFrom = Number(process.env["SHOW"] ?? 1e9)
const samples = samplesOf(readsOf(routes as any), org.user_id).filter((s) => only.test(titleOf(s)) && !titleOf(s).startsWith("/openapi"))
const q = (v: number[], s: number) => v.toSorted((a, b) => a - b)[Math.min(v.length - 1, Math.floor(v.length * s))] ?? 0
const out: any[] = []
for (const sample of samples) {
  const line: any = { title: titleOf(sample) }
  for (const who of ["admin", "limited"]) {
    const took: number[] = []
    let bytes = 0, status = 0
    for (let i = 0; i <= times; i++) {
      const path = addressOf(sample)
      const route = (routes as any)[sample.name.replace("GET ", "").replaceAll(/\{(\w+)\}/g, "[$1]")].GET
      log.length = 0
      const t = performance.now()
      const res = await route(new Request("http://localhost" + path, { headers: { ...readers[who][i % readers[who].length], "x-forwarded-for": "10.0.0." + (1 + i) } }), { params: Promise.resolve(sample.path ?? {}) })
      const text = await res.text()
      status = res.status; bytes = text.length
      if (i > 0 || times === 0) took.push(performance.now() - t)
      if (status !== 200) break
      if (i === 1 && took[0]! > 4000) break
    }
    line[who] = status === 200 ? [q(took, 0.5), q(took, 0.95)] : status
    line.bytes = bytes
    if (status === 200 && q(took, 0.5) > showFrom) {
      console.log(`-- ${who} ${line.title}`)
      for (const s of log.toSorted((a, b) => b.ms - a.ms).slice(0, 3)) console.log(`   ${s.ms.toFixed(0)} ms ${String(s.text).replace(/\s+/g, " ").slice(0, 600)}`)
    }
  }
  out.push(line)
}
const f = (v: any) => (Array.isArray(v) ? v.map((x) => x.toFixed(0)).join("/") : String(v))
for (const l of out) console.log(`${l.title.padEnd(70)} ${f(l.admin).padEnd(14)} ${f(l.limited).padEnd(14)} ${(l.bytes / 1024).toFixed(0)} KiB`)
await closeDatabase()
