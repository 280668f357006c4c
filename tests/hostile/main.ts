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
import { startStack } from "@/tests/support/stack"

const idleSeconds = 1
const wholeSeconds = 3
const marker = "a row that failed"

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
    await checkSnippets({
      url: stack.url,
      key: snippetKey,
      say: (text) => void process.stdout.write(`${text}\n`),
    })

    await checkClients({
      url: stack.url,
      key: ingestKey,
      idleMs: idleSeconds * 1000,
      wholeMs: wholeSeconds * 1000,
    })
    process.stdout.write("slow, broken and greedy clients get answers and delay nobody\n")

    const sent = await sendCards({ url: stack.url, key: bothKey })
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
      stack.said().includes("the web server is listening") &&
        stack.said().includes("database system is ready"),
    )
    process.stdout.write(
      `${sent} uploads with card numbers left none in the output, in tables or in database files\n`,
    )

    await checkRequests({ stack, key: bothKey })
    process.stdout.write("requests are logged and counted by route pattern, with the sender's id\n")

    const { headers } = await givenPerson(orgId, "admin")
    const cookie = headers["cookie"] ?? ""
    await checkAddresses({ url: stack.url, key: bothKey, cookie })
    process.stdout.write("no method, path, header or form makes the web server fail\n")

    await checkDatabaseAway({ stack, orgId, cookie })
    process.stdout.write("pages, API and downloads fail properly without the database, and recover\n")

    const target = { stack, orgId, key: ingestKey }
    await checkShutdown(target)
    await stack.web.start()
    await checkSecondSignal(target)
  } finally {
    await stack.stop()
  }
})
