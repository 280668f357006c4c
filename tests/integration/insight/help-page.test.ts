import { randomUUID } from "node:crypto"
import sql from "sql-template-tag"
import { expect, test } from "vitest"
import { GET as getTerminal } from "@/app/api/v1/terminals/[id]/route"
import { POST as changeTerminals } from "@/app/api/v1/terminals/bulk/route"
import { GET as openPage, POST as answerPage } from "@/app/t/[token]/route"
import { asWorker } from "@/lib/base/db/transaction"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation, givenStore, givenTerminal } from "@/tests/support/factories"
import { call } from "@/tests/support/http"
import { givenPerson, type Person } from "@/tests/support/people"

useDatabase()

type Step = "make" | "renew" | "remove"

async function linkAfter(step: Step, id: number, { headers }: Person): Promise<string | null> {
  const body = JSON.stringify({ terminals: { ids: [id] }, change: { kind: "helpLink", step } })
  const changed = await call(changeTerminals, "/api/v1/terminals/bulk", {
    body,
    headers: { ...headers, "content-type": "application/json" },
  })
  expect(changed.status).toBe(200)
  const params = { id: String(id) }
  const read = await call(getTerminal, `/api/v1/terminals/${id}`, { headers, params })
  return ((await read.json()) as { helpLink: string | null }).helpLink
}

async function opened(link: string | null, said: Record<string, string> | null = null, languages = "en") {
  const token = link?.split("/t/")[1] ?? "no-such-token"
  const headers = { "accept-language": languages }
  const address = new URL(`/t/${token}`, "http://localhost")
  const params = Promise.resolve({ token })
  const answer = said
    ? await answerPage(new Request(address, { method: "POST", headers, body: new URLSearchParams(said) }), {
        params,
      })
    : await openPage(new Request(address, { headers }), { params })
  return { status: answer.status, page: await answer.text() }
}

async function givenLinked() {
  const { orgId } = await givenOrganisation()
  const { storeId } = await givenStore(orgId, { name: "静安寺店 | Jing'an Temple" })
  const till = await givenTerminal(orgId, { storeId, codeSystem: "unionpay" })
  const neighbour = await givenTerminal(orgId, { storeId })
  const manager = await givenPerson(orgId, "manager")
  return { orgId, till, neighbour, manager, link: await linkAfter("make", till.terminalId, manager) }
}

test("a help link asks three questions and says what to do, in the phone's language", async () => {
  const { link, till, neighbour } = await givenLinked()
  const first = await opened(link, null, "zh-CN,zh;q=0.9")
  expect(first.status).toBe(200)
  for (const text of ["此卡无法交易", "屏幕显示什么？", "静安寺店", till.serial])
    expect(first.page).toContain(text)
  expect(first.page).not.toContain("Jing")
  expect(first.page).not.toContain(neighbour.serial)
  expect(first.page.length).toBeLessThan(8_000)
  const second = await opened(link, { screen: "" }, "zh")
  expect(second.page).toContain("其他卡在这里能用吗？")
  const third = await opened(link, { screen: "", another_card_here: "no" }, "zh")
  expect(third.page).toContain("这张卡在其他终端能用吗？")
  const answered = { screen: "", another_card_here: "no", same_card_elsewhere: "yes" }
  const verdict = await opened(link, answered, "zh")
  const reported = "店员反馈：该卡在其他终端可以使用"
  const shown = ["可能是终端故障", "换用其他终端", reported]
  for (const text of shown) expect(verdict.page).toContain(text)
  expect((await opened(link, { ...answered, language: "en" }, "zh")).page).toContain("Probably the terminal")
  expect(
    (await opened(link, { ...answered, another_card_here: "yes", same_card_elsewhere: "no" })).page,
  ).toContain("Probably the card")
})

test("a code or known words on the screen are answered at once, and card numbers are not taken", async () => {
  const { link, orgId, till } = await givenLinked()
  const code = await opened(link, { screen: "Error 51" })
  for (const text of ["Insufficient funds", "Probably the card", "Do you have another one?", "To be surer"])
    expect(code.page).toContain(text)
  await asWorker((db) =>
    db.query(sql`
      with seller as (
        insert into supplier (org_id, name, is_manufacturer, is_supplier, contact_phone)
        values (${orgId}::uuid, 'Harbour <Terminals>', false, true, '+86 21 5555 0100') returning id)
      update terminal t set supplier_id = s.id from seller s where t.id = ${till.terminalId}::bigint`),
  )
  const words = await opened(link, { screen: "终端被锁" })
  for (const text of ["Probably the terminal", "Harbour &lt;Terminals&gt;", "tel:+86 21 5555 0100"])
    expect(words.page).toContain(text)
  await asWorker((db) =>
    db.query(sql`
      insert into incident (org_id, class, subject, value, first_on, last_on, opened_at, observed, expected,
        p, timeline)
      values (${orgId}::uuid, 'issuer', '622848', '622848', current_date, current_date,
        '2026-03-02T06:05:00Z', 80, 2, 1e-9, '[]')`),
  )
  for (const said of [null, { screen: "51" }])
    expect((await opened(link, said)).page).toContain("cards beginning with 622848 fail, since 2 Mar, 14:05")
  const card = await opened(link, { screen: "4111 1111 1111 1111" })
  expect(card.page).toContain("Do not enter card numbers")
  expect(card.page).not.toContain("4111")
  expect((await opened(link, { screen: '"><script>x' })).page).toContain("&quot;&gt;&lt;script&gt;x")
})

test("a replaced or removed link says what to do, and each change has an audit entry", async () => {
  const { link, till, manager, orgId } = await givenLinked()
  expect(await linkAfter("make", till.terminalId, manager)).toBe(link)
  const renewed = await linkAfter("renew", till.terminalId, manager)
  expect((await opened(renewed)).status).toBe(200)
  const gone = await opened(link)
  expect(gone.status).toBe(404)
  expect(gone.page).toContain("This link no longer works")
  expect(await linkAfter("remove", till.terminalId, manager)).toBeNull()
  expect((await opened(renewed, null, "zh")).page).toContain("此链接已失效")
  const entries = await asWorker((db) =>
    db.query<{ action: string }>(sql`
      select action from audit_entry where org_id = ${orgId}::uuid order by id`),
  )
  expect(entries.map(({ action }) => action)).toEqual([
    "terminal.helpLinkMade",
    "terminal.helpLinkMade",
    "terminal.helpLinkRemoved",
  ])
})

test("a link whose address is not known any more works until a new one is made", async () => {
  const { link, till, manager } = await givenLinked()
  await asWorker((db) =>
    db.query(sql`
      update terminal set help_link_id = ${randomUUID()}::uuid where id = ${till.terminalId}::bigint`),
  )
  expect((await opened(link)).status).toBe(200)
  const made = await linkAfter("make", till.terminalId, manager)
  expect((await opened(made)).status).toBe(200)
  expect((await opened(link)).status).toBe(404)
})

test("a new link ends those of merged terminals, too", async () => {
  const { orgId, link, till, manager } = await givenLinked()
  const { terminalId: kept } = await givenTerminal(orgId)
  await asWorker((db) =>
    db.query(sql`update terminal set merged_into = ${kept}::bigint where id = ${till.terminalId}::bigint`),
  )
  expect((await opened(link)).status).toBe(200)
  const renewed = await linkAfter("renew", kept, manager)
  expect((await opened(renewed)).status).toBe(200)
  expect((await opened(link)).status).toBe(404)
})

test("a link that is opened too often has to wait", async () => {
  const { link } = await givenLinked()
  for (let i = 0; i < 120; i += 1) expect((await opened(link)).status).toBe(200)
  const busy = await opened(link)
  expect(busy.status).toBe(429)
  expect(busy.page).toContain("Too many requests")
})
