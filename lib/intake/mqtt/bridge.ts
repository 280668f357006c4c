import { setTimeout as pause } from "node:timers/promises"
import { connect, type IClientOptions, type IPublishPacket, type MqttClient } from "mqtt"
import { actorOfKey } from "@/lib/access/routes/authenticate"
import type { MqttEnv } from "@/lib/base/env"
import { AppError } from "@/lib/base/errors"
import { log } from "@/lib/base/log/log"
import { recordHeartbeats } from "@/lib/intake/heartbeats/record-heartbeats"
import { uploadBody } from "@/lib/intake/mqtt/payload"
import { recordTransactions } from "@/lib/intake/transactions/record-transactions"

const nouns = { heartbeats: recordHeartbeats, transactions: recordTransactions } as const
type NounName = keyof typeof nouns

const firstPauseMs = 500
const longestPauseMs = 30_000

export type Bridge = { stop(): Promise<void> }

/**
 * Subscribes to `TOPIC/heartbeats/#` and `TOPIC/transactions/#`. Acknowledges a message after its records are
 * durable; until then the broker keeps it. A connection works on one message at a time. Several connections
 * share the subscription, and ingest merges their records into common commits. The broker keeps the sessions,
 * so no message is lost while the bridge is away.
 */
export async function startBridge(settings: MqttEnv, { signal }: { signal: AbortSignal }): Promise<Bridge> {
  await actorOfKey(`Bearer ${settings.MQTT_API_KEY}`)
  const inHand = new Set<Promise<void>>()
  const clients = Array.from({ length: settings.MQTT_CONNECTIONS }, (_, i) =>
    openClient(settings, `${settings.MQTT_CLIENT_ID}-${i + 1}`),
  )
  try {
    await Promise.all(clients.map((client) => subscribe(settings, client, inHand, signal)))
  } catch (error) {
    // Clients that are not closed keep trying to connect, and keep the process running.
    await Promise.all(clients.map((client) => client.endAsync(true)))
    if (!signal.aborted)
      throw new Error(
        `The MQTT broker ${brokerOf(settings)} cannot be used (${reasonOf(error)}): ` +
          "check MQTT_URL, and that the broker runs.",
        { cause: error },
      )
  }
  if (!signal.aborted)
    log.info({ broker: brokerOf(settings), connections: clients.length }, "the MQTT bridge is subscribed")
  return {
    stop: async () => {
      // Messages in progress are stored and acknowledged; later ones stay with the broker.
      await Promise.all(inHand)
      await Promise.all(clients.map((client) => client.endAsync()))
    },
  }
}

/** The broker's address without credentials. */
function brokerOf({ MQTT_URL }: MqttEnv): string {
  const { protocol, host } = new URL(MQTT_URL)
  return `${protocol}//${host}`
}

/** If a host has several addresses, each has its own error and the outer error has no message. */
const reasonOf = (error: unknown): string =>
  error instanceof AggregateError
    ? error.errors.map(reasonOf).join(", ")
    : error instanceof Error
      ? error.message
      : String(error)

function openClient(settings: MqttEnv, clientId: string): MqttClient {
  const options: IClientOptions = {
    clientId,
    protocolVersion: settings.MQTT_VERSION,
    clean: false,
    ...(settings.MQTT_VERSION === 5
      ? { properties: { sessionExpiryInterval: settings.MQTT_SESSION_SECONDS } }
      : {}),
    ...(settings.MQTT_USERNAME === undefined ? {} : { username: settings.MQTT_USERNAME }),
    ...(settings.MQTT_PASSWORD === undefined ? {} : { password: settings.MQTT_PASSWORD }),
    ...settings.tls,
    resubscribe: false,
  }
  return connect(settings.MQTT_URL, options)
}

async function subscribe(
  settings: MqttEnv,
  client: MqttClient,
  inHand: Set<Promise<void>>,
  signal: AbortSignal,
): Promise<void> {
  const { clientId } = client.options
  let session = 0
  // The client acknowledges a message after this callback, and reads no other message before.
  client.handleMessage = (packet: IPublishPacket, done: (error?: Error) => void) => {
    const own = session
    const handled = store(settings, packet.topic, Buffer.from(packet.payload), signal)
      .then((isStored) => {
        // After a lost connection, the broker sends the message again. An acknowledgement now would be for
        // another one.
        if (isStored && own === session) done()
        else done(new Error("not acknowledged: the broker sends it again"))
      })
      .finally(() => inHand.delete(handled))
    inHand.add(handled)
  }
  await new Promise((resolve, reject) => {
    client.once("connect", resolve).once("error", reject)
    signal.addEventListener("abort", reject, { once: true })
  })
  client.on("close", () => (session += 1))
  client.on("error", (error) => log.warn({ clientId, error: error.message }, "MQTT"))
  const share = settings.MQTT_SHARE === "" ? "" : `$share/${settings.MQTT_SHARE}/`
  const topics = Object.keys(nouns).map((noun) => `${share}${settings.MQTT_TOPIC}/${noun}/#`)
  await client.subscribeAsync(topics, { qos: 1 })
  // A broker that lost the session has also lost the subscription.
  client.on("connect", ({ sessionPresent }) => {
    if (!sessionPresent)
      client
        .subscribeAsync(topics, { qos: 1 })
        .catch((error: unknown) =>
          log.error({ clientId, error: String(error) }, "the MQTT subscription failed"),
        )
  })
}

/**
 * Stores the records of a message, and waits for the database if needed. False if the bridge stops before
 * that.
 */
async function store(
  { MQTT_API_KEY, MQTT_TOPIC }: MqttEnv,
  topic: string,
  message: Buffer,
  signal: AbortSignal,
): Promise<boolean> {
  const noun = topic.slice(MQTT_TOPIC.length + 1).split("/")[0] as NounName
  for (let wait = firstPauseMs; ; wait = Math.min(longestPauseMs, wait * 2)) {
    try {
      const actor = await actorOfKey(`Bearer ${MQTT_API_KEY}`)
      const { body, contentType } = uploadBody(message, noun)
      await nouns[noun]({
        actor,
        upload: { body, contentType, contentEncoding: null },
      })
      return true
    } catch (error) {
      // The message is empty or too large: the broker would send it again without end.
      if (error instanceof AppError && (error.code === "invalid" || error.code === "too_large")) {
        log.warn(
          { topic, bytes: message.length, reason: error.message },
          "a message has no records that can be stored",
        )
        return true
      }
      log.warn(
        {
          topic,
          error: error instanceof AppError ? error.message : "the database does not answer",
          retryInMs: wait,
        },
        "a message waits",
      )
      await pause(wait, undefined, { signal }).catch(() => undefined)
      if (signal.aborted) return false
    }
  }
}
