import { checkEnv, env, mqttEnv } from "@/lib/base/env"
import { captureConsole } from "@/lib/base/log/capture-console"
import { log } from "@/lib/base/log/log"
import { startBridge } from "@/lib/intake/mqtt/bridge"
import { runCommand } from "@/lib/run/commands/run-command"
import { startProbes } from "@/lib/run/health/probe-server"
import { onStop } from "@/lib/run/health/stopping"

checkEnv(env, mqttEnv)
captureConsole()
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
