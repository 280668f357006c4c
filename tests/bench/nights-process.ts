import { execFileSync } from "node:child_process"
import { workerFlags } from "@/lib/run/launch/children"

type Figures = Record<string, number>

/** Measures nights in a process of its own, which has the worker's flags. */
export function nightsLikeWorker(terminals: number): Figures {
  const text = execFileSync(
    process.execPath,
    [...workerFlags, "--import", "tsx", "tests/bench/nights-half.ts", String(terminals)],
    { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] },
  )
  return JSON.parse(text.trim().split("\n").at(-1) ?? "") as Figures
}
