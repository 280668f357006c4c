import { parseArgs } from "node:util"
import { distribute } from "@/lib/base/db/distribute"
import { fillPlaces } from "@/lib/rollups/fold/fill-places"
import { foldAll } from "@/lib/rollups/fold/fold-once"
import { shareSegments } from "@/lib/rollups/fold/share-segments"
import { runCommand } from "@/lib/run/commands/run-command"

await runCommand(async () => {
  const { values } = parseArgs({ options: { "dry-run": { type: "boolean", default: false } } })
  const isDryRun = values["dry-run"]
  const say = (text: string) => process.stdout.write(`${text}\n`)
  const count = await distribute({
    isDryRun,
    prepare: async () => void (await foldAll()),
    onStatement: (statement) => say(`${statement};`),
  })
  if (isDryRun) return
  // Also after a run that was interrupted here.
  await shareSegments(({ organisation, day }) => say(`${organisation}, ${day}: counted in each group`))
  const days = await fillPlaces({
    onProgress: ({ organisation, day }) => say(`${organisation}, ${day}: summed in each group`),
  })
  if (count === 0 && days === 0) say("All tables are distributed already.")
})
