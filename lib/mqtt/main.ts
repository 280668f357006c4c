import { runCommand } from "@/lib/command"
import { mqttEnv } from "@/lib/env"
import { onStop } from "@/lib/health/stopping"
import { log } from "@/lib/log"
import { startBridge } from "@/lib/mqtt/bridge"

await runCommand(async () => {
  const stopping = new AbortController()
  const stopped = new Promise<void>((resolve) => {
    onStop(() => {
      stopping.abort()
      resolve()
    })
  })
  const bridge = await startBridge(mqttEnv(), { signal: stopping.signal })
  await stopped
  await bridge.stop()
  log.info("the MQTT bridge has stopped")
})
