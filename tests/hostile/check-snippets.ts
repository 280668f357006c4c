import assert from "node:assert/strict"
import { execFile } from "node:child_process"
import { promisify } from "node:util"
import { languages, snippets, type Language } from "@/lib/run/openapi/snippets"

const run = promisify(execFile)

const commands: Record<Language, { program: string; args: (text: string) => string[]; needs?: string }> = {
  curl: { program: "sh", args: (text) => ["-ec", text], needs: "curl" },
  node: { program: process.execPath, args: (text) => ["-e", text] },
  python: { program: "python3", args: (text) => ["-c", text] },
}

const isThere = (program: string) =>
  run(program, ["--version"]).then(
    () => true,
    () => false,
  )

/** Runs the snippets of the page "Send data", and says which it cannot run. */
export async function checkSnippets({
  url,
  key,
  say,
}: {
  url: string
  key: string
  say: (text: string) => void
}): Promise<void> {
  for (const language of languages) {
    const { program, args, needs } = commands[language]
    if (!(await isThere(needs ?? program))) {
      say(`the ${language} snippet was not run: ${needs ?? program} is not installed`)
      continue
    }
    const { stdout } = await run(program, args(snippets[language]({ origin: url, key })))
    assert.equal(
      stdout.match(/"accepted":1,"duplicates":0,"rejected":0/g)?.length,
      2,
      `${language}: ${stdout}`,
    )
    say(`the ${language} snippet sends a heartbeat and a decline`)
  }
}
