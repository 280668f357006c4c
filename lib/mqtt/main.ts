import { runCommand } from "@/lib/command"
import { checkEnv, env, mqttEnv } from "@/lib/env"
import { startProbes } from "@/lib/health/probe-server"
import { onStop } from "@/lib/health/stopping"
import { log } from "@/lib/log"
import { startBridge } from "@/lib/mqtt/bridge"

checkEnv(env, mqttEnv)
await runCommand(async () => {
  const probes = startProbes()
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
  probes?.close()
  probes?.closeAllConnections()
})
