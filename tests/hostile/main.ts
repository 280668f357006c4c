import assert from "node:assert/strict"
import { asOwner } from "@/lib/base/db/client"
import { asWorker } from "@/lib/base/db/transaction"
import { runCommand } from "@/lib/run/commands/run-command"
import { checkAddresses } from "@/tests/hostile/check-addresses"
import { checkClients } from "@/tests/hostile/check-clients"
import { checkDatabaseAway } from "@/tests/hostile/check-database-away"
import { checkRequests } from "@/tests/hostile/check-requests"
import { checkSecondSignal, checkShutdown } from "@/tests/hostile/check-shutdown"
import { checkSnippets } from "@/tests/hostile/check-snippets"
import { contentOf, filesBelow, searchCards } from "@/tests/hostile/search-cards"
import { sendCards } from "@/tests/hostile/send-cards"
import { givenKey, givenOrganisation } from "@/tests/support/factories"
import { givenPerson } from "@/tests/support/people"
import { startStack, type Stack } from "@/tests/support/stack"

const idleSeconds = 1
const wholeSeconds = 3
const marker = "a row that failed"

const say = (text: string) => void process.stdout.write(`${text}\n`)

/** Checks that no card number is stored or logged anywhere. */
async function checkCards(stack: Stack, key: string): Promise<void> {
  const sent = await sendCards({ url: stack.url, key })
  await asOwner((client) =>
    client
      .query("insert into organisation (id, name, time_zone) values (null, $1, $1)", [marker])
      .catch(() => undefined),
  )
  const found = await searchCards({ said: stack.said(), folder: stack.folder })
  assert.deepEqual(found, [], "card numbers were found")
  assert.ok(!stack.said().includes(marker), "PostgreSQL's log quotes a row")
  // The search covers the right places: masked numbers and both logs are there.
  assert.ok(filesBelow(stack.folder).some((file) => contentOf(file).includes("411111******1111")))
  assert.ok(
    stack.said().includes("the web server is listening") && stack.said().includes("database system is ready"),
  )
  say(`${sent} uploads with card numbers left none in the output, in tables or in database files`)
}

await runCommand(async () => {
  const stack = await startStack({
    logLevel: "debug",
    env: { BODY_IDLE_SECONDS: String(idleSeconds), BODY_SECONDS: String(wholeSeconds), DRAIN_SECONDS: "1" },
  })
  try {
    await stack.worker.start()
    await stack.web.start()
    const { ingestKey, orgId } = await givenOrganisation()
    const bothKey = await asWorker((db) => givenKey(db, orgId, ["ingest", "read"]))

    const snippetKey = (await givenOrganisation()).ingestKey
    await checkSnippets({ url: stack.url, key: snippetKey, say })

    await checkClients({
      url: stack.url,
      key: ingestKey,
      idleMs: idleSeconds * 1000,
      wholeMs: wholeSeconds * 1000,
    })
    say("slow, broken and greedy clients get answers and delay nobody")

    await checkCards(stack, bothKey)

    await checkRequests({ stack, key: bothKey })
    say("requests are logged and counted by route pattern, with the sender's id")

    const { headers } = await givenPerson(orgId, "admin")
    const cookie = headers["cookie"] ?? ""
    await checkAddresses({ url: stack.url, key: bothKey, cookie })
    say("no method, path, header or form makes the web server fail")

    await checkDatabaseAway({ stack, orgId, cookie })
    say("pages, API and downloads fail properly without the database, and recover")

    const target = { stack, orgId, key: ingestKey }
    await checkShutdown(target)
    await stack.web.start()
    await checkSecondSignal(target)
  } finally {
    await stack.stop()
  }
})
