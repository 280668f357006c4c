// npm start: installs, builds and starts Tillwatch.
import { spawn } from "node:child_process"
import process from "node:process"
import { build, checkNode, install } from "./prepare.mjs"

checkNode()
install()
build()

// The launcher is TypeScript. It runs the database, the web server, the worker and the demo.
const launcher = spawn(
  process.execPath,
  ["--import", "tsx", "lib/run/launch/main.ts", ...process.argv.slice(2)],
  {
    stdio: "inherit",
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  },
)
// Ctrl-C also reaches the launcher. A signal to this process only is passed on.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
  process.on(signal, () => launcher.kill(signal === "SIGINT" ? "SIGTERM" : signal))
launcher.on("exit", (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
