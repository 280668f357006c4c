export const languages = ["curl", "node", "python"] as const
export type Language = (typeof languages)[number]

export const keyPlaceholder = "tw_YOUR_KEY"

type Target = { origin: string; key: string }

// One line, because the content type is NDJSON.
const curlDecline = [
  `{"terminal":"SN-0001","at":"'$NOW'","id":"'$(date +%s)'","outcome":"declined",`,
  `"codeSystem":"unionpay","code":"51","entryMode":"chip"}`,
].join("")

const curl = ({ origin, key }: Target) => `KEY=${key}
NOW=$(date -u +%Y-%m-%dT%H:%M:%SZ)

curl -X POST ${origin}/api/v1/heartbeats \\
  -H "Authorization: Bearer $KEY" -H "Content-Type: application/x-ndjson" \\
  -d '{"terminal":"SN-0001","at":"'$NOW'","batteryPct":81}'

curl -X POST ${origin}/api/v1/transactions \\
  -H "Authorization: Bearer $KEY" -H "Content-Type: application/x-ndjson" \\
  -d '${curlDecline}'
`

const node = ({ origin, key }: Target) => `const key = "${key}"
const now = new Date().toISOString()

async function send(noun, record) {
  const response = await fetch("${origin}/api/v1/" + noun, {
    method: "POST",
    headers: { authorization: "Bearer " + key, "content-type": "application/x-ndjson" },
    body: JSON.stringify(record) + "\\n",
  })
  console.log(response.status, await response.text())
}

async function main() {
  await send("heartbeats", { terminal: "SN-0001", at: now, batteryPct: 81 })
  await send("transactions", {
    terminal: "SN-0001", at: now, id: String(Date.now()),
    outcome: "declined", codeSystem: "unionpay", code: "51", entryMode: "chip",
  })
}

main()
`

const python = ({ origin, key }: Target) => `import json
import time
from datetime import datetime, timezone
from urllib.request import Request, urlopen

key = "${key}"
now = datetime.now(timezone.utc).isoformat()

def send(noun, record):
    request = Request(
        "${origin}/api/v1/" + noun,
        data=(json.dumps(record) + "\\n").encode(),
        headers={"Authorization": "Bearer " + key, "Content-Type": "application/x-ndjson"},
    )
    with urlopen(request) as response:
        print(response.status, response.read().decode())

send("heartbeats", {"terminal": "SN-0001", "at": now, "batteryPct": 81})
send("transactions", {
    "terminal": "SN-0001", "at": now, "id": str(time.time_ns()),
    "outcome": "declined", "codeSystem": "unionpay", "code": "51", "entryMode": "chip",
})
`

/** Code in each language that sends a heartbeat and a declined transaction. */
export const snippets: Record<Language, (target: Target) => string> = { curl, node, python }
