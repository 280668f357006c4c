import type { Page } from "@playwright/test"

const minuteMs = 60_000
const instant = (afterMs = 0) => new Date(Date.now() + afterMs).toISOString()
const clock = (afterMs: number) => instant(afterMs).slice(0, 16)
const merchant = "Screens"

/** Dates that may be read in two ways, and a word and a code that nobody knows. */
const openFile = [
  "Terminal ID;Transaction time;Transaction ID;Status;Amount;Response code",
  "SCREENS-1;05/11/2026 08:00:00;s-1;Approved;1.250;00",
  "SCREENS-1;06/11/2026 08:01:00;s-2;Settled by clerk;3.400;77Z",
].join("\r\n")

/**
 * Adds what the demo has nothing of, so that every window has something to show: rejected records, a code
 * without a cause, terminals that may be one, a maintenance window, a training, a file that leaves things
 * open and a merchant without stores. Twice adds nothing. The page is signed in as an admin.
 */
export async function setStage(page: Page, url: string): Promise<void> {
  const headers = { origin: url }
  const get = async <Answer>(path: string) =>
    (await (await page.request.get(`${url}/api/v1/${path}`)).json()) as Answer
  const post = async <Answer>(path: string, data: object | string, more = {}) => {
    const answer = await page.request.post(`${url}/api/v1/${path}`, {
      headers: { ...headers, ...more },
      data,
    })
    if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`)
    return (await answer.json()) as Answer
  }
  const { data: merchants } = await get<{ data: { name: string }[] }>("merchants")
  if (merchants.some(({ name }) => name === merchant)) return

  const { data: stores } = await get<{ data: { id: number }[] }>("stores")
  const store = stores[0]?.id
  const { key } = await post<{ key: string }>("keys", { label: merchant, scopes: ["ingest"] })
  const send = (path: string, records: readonly object[]) =>
    post(path, { [path]: records }, { authorization: `Bearer ${key}` })
  await send("heartbeats", [
    { terminal: "SCREENS-1", at: instant(), app: "9.9.9" },
    { terminal: "SCREENS 1", at: instant() },
    { terminal: "SCREENS-2", at: instant(90 * minuteMs) },
    { terminal: "SCREENS-2", at: instant(91 * minuteMs) },
    { terminal: "SCREENS-3", at: "soon" },
  ])
  await send("transactions", [
    {
      terminal: "SCREENS-1",
      at: instant(),
      id: "s1",
      outcome: "declined",
      codeSystem: "unionpay",
      code: "7Z9",
    },
  ])
  await post("maintenance-windows", {
    reason: "Screens",
    place: { kind: "store", id: store },
    starts: clock(60 * minuteMs),
    ends: clock(120 * minuteMs),
  })
  const heldOn = instant(-7 * 1440 * minuteMs).slice(0, 10)
  await post("trainings", { store, operator: null, subject: "Screens", heldOn })
  await post("imports?fileName=screens.csv", openFile, { "content-type": "text/csv" })
  await post("merchants", { name: merchant })
}
