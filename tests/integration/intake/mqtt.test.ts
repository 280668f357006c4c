import { spawn, spawnSync, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import getPort from "get-port"
import { connectAsync, type MqttClient } from "mqtt"
import pg from "pg"
import sql from "sql-template-tag"
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest"
import { asWorker } from "@/lib/base/db/transaction"
import { mqttEnv } from "@/lib/base/env"
import { settleOrganisation } from "@/lib/insight/silence/settle-states"
import { startBridge, type Bridge } from "@/lib/intake/mqtt/bridge"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation } from "@/tests/support/factories"
import { minutesAgo, rowsOf } from "@/tests/support/ingest"

useDatabase()

const hasMosquitto =
  spawnSync("mosquitto", ["-h"], { env: { ...process.env, PATH: `${process.env["PATH"]}:/usr/sbin` } })
    .error === undefined

type Broker = { url: string; stop(): void }

async function startAedes(): Promise<Broker> {
  const child = spawn(process.execPath, ["tests/support/broker.mjs"], {
    stdio: ["ignore", "pipe", "inherit"],
  })
  const [line] = (await once(child.stdout, "data")) as [Buffer]
  return { url: `mqtt://127.0.0.1:${line.toString().trim()}`, stop: () => child.kill("SIGKILL") }
}

async function startMosquitto(): Promise<Broker> {
  const port = await getPort()
  const folder = mkdtempSync(join(tmpdir(), "tillwatch-mqtt-"))
  writeFileSync(join(folder, "mosquitto.conf"), `listener ${port} 127.0.0.1\nallow_anonymous true\n`)
  const child: ChildProcess = spawn("mosquitto", ["-c", join(folder, "mosquitto.conf")], {
    stdio: "ignore",
    env: { ...process.env, PATH: `${process.env["PATH"]}:/usr/sbin` },
  })
  const stop = () => {
    child.kill("SIGKILL")
    rmSync(folder, { recursive: true, force: true })
  }
  await vi.waitFor(
    async () => (await connectAsync(`mqtt://127.0.0.1:${port}`, { reconnectPeriod: 0 }, false)).endAsync(),
    { timeout: 10_000 },
  )
  return { url: `mqtt://127.0.0.1:${port}`, stop }
}

const brokers = [
  {
    name: "aedes, MQTT 3.1.1, one connection",
    start: startAedes,
    settings: { MQTT_VERSION: "3.1.1", MQTT_SHARE: "" },
    isHere: true,
  },
  {
    name: "mosquitto, MQTT 5, a shared subscription (skipped where mosquitto is not installed)",
    start: startMosquitto,
    settings: { MQTT_VERSION: "5", MQTT_SHARE: "till" },
    isHere: hasMosquitto,
  },
]

describe.each(brokers)("through $name", ({ start, settings, isHere }) => {
  let broker: Broker
  let publisher: MqttClient
  const stopping = new AbortController()
  const bridges: Bridge[] = []

  const given = async () => {
    const organisation = await givenOrganisation()
    const topic = `fleet/${organisation.orgId}`
    Object.assign(process.env, {
      MQTT_URL: broker.url,
      MQTT_API_KEY: organisation.ingestKey,
      MQTT_TOPIC: topic,
      MQTT_CLIENT_ID: `bridge-${organisation.orgId.slice(0, 8)}`,
      ...settings,
    })
    const env = mqttEnv()
    const bridge = async () => {
      const started = await startBridge(env, { signal: stopping.signal })
      bridges.push(started)
      return started
    }
    const publish = (noun: string, message: string) =>
      publisher.publishAsync(`${topic}/${noun}/store-7`, message, { qos: 1 })
    const retain = (message: string) =>
      publisher.publishAsync(`${topic}/heartbeats/store-7`, message, { qos: 1, retain: true })
    return { ...organisation, bridge, publish, retain }
  }
  const beat = (terminal: string, minutes: number) => ({ terminal, at: minutesAgo(minutes), batteryPct: 50 })

  beforeAll(async () => {
    if (!isHere) return
    broker = await start()
    publisher = await connectAsync(broker.url)
  })
  afterEach(async () => {
    await Promise.all(bridges.splice(0).map((bridge) => bridge.stop()))
  })
  afterAll(async () => {
    await publisher?.endAsync()
    broker?.stop()
  })

  test.skipIf(!isHere)("accepts one record, a list, lines and an envelope", async () => {
    const { orgId, bridge, publish } = await given()
    await bridge()
    const at = [1, 2, 3, 4, 5].map((minutes) => beat("T1", minutes))
    await publish("heartbeats", JSON.stringify(at[0]))
    await publish("heartbeats", JSON.stringify(at.slice(1, 3)))
    await publish(
      "heartbeats",
      at
        .slice(3, 4)
        .map((one) => JSON.stringify(one))
        .join("\n"),
    )
    await publish("heartbeats", JSON.stringify({ heartbeats: at.slice(4) }))
    await publish(
      "transactions",
      JSON.stringify({ terminal: "T1", at: minutesAgo(1), id: "1", outcome: "approved" }),
    )
    await expect.poll(async () => (await rowsOf(orgId, "heartbeat")).length, { timeout: 10_000 }).toBe(5)
    await expect.poll(async () => (await rowsOf(orgId, "transaction")).length, { timeout: 10_000 }).toBe(1)
  })

  test.skipIf(!isHere)("stores messages sent while the bridge was away, once", async () => {
    const { orgId, bridge, publish } = await given()
    const first = await bridge()
    await first.stop()
    bridges.splice(0)
    for (let i = 1; i <= 30; i += 1) await publish("heartbeats", JSON.stringify(beat("T1", i)))
    expect(await rowsOf(orgId, "heartbeat")).toHaveLength(0)
    await bridge()
    await expect.poll(async () => (await rowsOf(orgId, "heartbeat")).length, { timeout: 10_000 }).toBe(30)
  })

  test.skipIf(!isHere)("does not correct the clock of messages that the broker kept", async () => {
    const { orgId, bridge, publish, retain } = await given()
    const old = { terminal: "H17A", at: minutesAgo(26 * 60), sentAt: minutesAgo(26 * 60), batteryPct: 31 }
    await retain(JSON.stringify(old))
    const first = await bridge()
    await first.stop()
    bridges.splice(0)
    const queued = { terminal: "H17B", at: minutesAgo(10), sentAt: minutesAgo(10), batteryPct: 32 }
    await publish("heartbeats", JSON.stringify(queued))
    await bridge()
    // For a shared subscription, brokers queue messages and deliver no retained message.
    const wanted = settings.MQTT_SHARE === "" ? ["H17A", "H17B"] : ["H17B"]
    await expect
      .poll(async () => (await rowsOf(orgId, "heartbeat")).length, { timeout: 10_000 })
      .toBe(wanted.length)
    const beats = await rowsOf<{ at: Date; clock_offset_ms: number }>(orgId, "heartbeat")
    expect(beats.map(({ at }) => at.toISOString())).toEqual(
      [old, queued].filter(({ terminal }) => wanted.includes(terminal)).map(({ at }) => at),
    )
    expect(beats.map((beat) => beat.clock_offset_ms)).toEqual(wanted.map(() => 0))
    await foldAll()
    await settleOrganisation({ orgId, now: new Date() })
    const states = await asWorker((db) =>
      db.query<{ serial: string; last_received_at: Date; online_state: string }>(sql`
        select t.serial, s.last_received_at, s.online_state
          from terminal_state s join terminal t on t.id = s.terminal_id
         where t.org_id = ${orgId}::uuid order by t.serial`),
    )
    expect(states.map(({ serial, last_received_at: at }) => [serial, at.toISOString()])).toEqual(
      [old, queued]
        .filter(({ terminal }) => wanted.includes(terminal))
        .map(({ terminal, at }) => [terminal, at]),
    )
    expect(states.filter(({ serial }) => serial === "H17A").map((one) => one.online_state)).not.toContain(
      "online",
    )
  })

  test.skipIf(!isHere)("acknowledges a message only after its rows are committed", async () => {
    const { orgId, bridge, publish } = await given()
    const killed = spawn(process.execPath, ["--import", "tsx", "lib/run/commands/mqtt-bridge.ts"], {
      env: process.env,
      stdio: "ignore",
    })
    const gone = once(killed, "exit")
    const blocker = new pg.Client({ connectionString: process.env["DATABASE_URL"] })
    await blocker.connect()
    await blocker.query("begin; lock table ingest_batch in access exclusive mode")
    const isInHand = async () =>
      ((
        await blocker.query(
          "select 1 from pg_locks where relation = 'ingest_batch'::regclass and not granted",
        )
      ).rowCount ?? 0) > 0
    // The same record is sent until the bridge receives it. It counts once.
    const message = JSON.stringify(beat("T1", 1))
    await vi.waitFor(
      async () => {
        await publish("heartbeats", message)
        expect(await isInHand()).toBe(true)
      },
      { timeout: 20_000, interval: 300 },
    )
    killed.kill("SIGKILL")
    await gone
    await blocker.query("rollback")
    await blocker.end()
    expect(await rowsOf(orgId, "heartbeat")).toHaveLength(0)
    // If the message had been acknowledged on reading, it would not be sent again.
    await bridge()
    await expect.poll(async () => (await rowsOf(orgId, "heartbeat")).length, { timeout: 10_000 }).toBe(1)
  })

  test.skipIf(!isHere)(
    "stores unusable messages in quarantine and continues with the next ones",
    async () => {
      const { orgId, bridge, publish } = await given()
      await bridge()
      await publish("heartbeats", "battery low 4111111111111111")
      await publish("heartbeats", "")
      await publish("heartbeats", JSON.stringify({ terminal: "T1" }))
      await publish("heartbeats", JSON.stringify(beat("T1", 1)))
      await expect.poll(async () => (await rowsOf(orgId, "heartbeat")).length, { timeout: 10_000 }).toBe(1)
      await expect.poll(async () => (await rowsOf(orgId, "quarantine")).length, { timeout: 10_000 }).toBe(2)
      expect(JSON.stringify(await rowsOf(orgId, "quarantine"))).not.toContain("4111111111111111")
    },
  )
})

test("names wrong settings and says how to correct them", () => {
  process.env["MQTT_URL"] = "http://broker"
  expect(() => mqttEnv()).toThrow(/MQTT_URL: set it to/)
  Object.assign(process.env, { MQTT_URL: "mqtt://broker", MQTT_SHARE: "", MQTT_CONNECTIONS: "4" })
  expect(() => mqttEnv()).toThrow(/MQTT_CONNECTIONS/)
})

test("stops the bridge with a message that names a broker without an answer", async () => {
  const { ingestKey } = await givenOrganisation()
  const port = await getPort()
  const bridge = spawn(process.execPath, ["--import", "tsx", "lib/run/commands/mqtt-bridge.ts"], {
    env: {
      ...process.env,
      MQTT_URL: `mqtt://user:secret@127.0.0.1:${port}`,
      MQTT_API_KEY: ingestKey,
      MQTT_SHARE: "till",
      MQTT_CONNECTIONS: "2",
    },
    stdio: ["ignore", "ignore", "pipe"],
  })
  let said = ""
  bridge.stderr.on("data", (text: Buffer) => (said += text.toString()))
  expect(await once(bridge, "close")).toEqual([1, null])
  expect(said).toContain(`mqtt://127.0.0.1:${port} cannot be used`)
  expect(said).not.toContain("secret")
})
