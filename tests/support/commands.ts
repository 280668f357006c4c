import { execFileSync } from "node:child_process"

/** Migrates or distributes the database at this address, in a process of its own. */
export const runOn = (url: string, command: "migrate" | "distribute"): void =>
  void execFileSync(process.execPath, ["--import", "tsx", `lib/run/commands/${command}.ts`], {
    env: { ...process.env, DATABASE_URL: url, LOG_LEVEL: "warn" },
    stdio: ["ignore", "ignore", "inherit"],
  })
