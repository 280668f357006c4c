import { createReadStream, existsSync } from "node:fs"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { z } from "zod"
import type { Who } from "@/lib/run/evaluation/score-classes"
import { impacts } from "@/lib/run/simulation/world/impact"

const instant = z.iso
  .datetime({ offset: true })
  .or(z.iso.date())
  .transform((text) => Date.parse(text))
const name = z.union([z.string(), z.number().transform(String)]).optional()

const TruthLine = z.object({
  cls: z.string().transform(classOf),
  terminal: name,
  store: name,
  operator: name,
  issuer: name,
  model: name,
  release: name,
  acquirer: name,
  carrier: name,
  from: instant,
  to: instant.nullish(),
  /** From when it was worth a visit, and how much it mattered, where somebody knows. */
  actionableFrom: instant.optional(),
  impact: z.enum(impacts).optional(),
})

/** Something that was wrong. Times are milliseconds since 1970; `to` is infinite where it went on. */
export type Trouble = { cls: string; who: Who; from: number; to: number } & {
  actionableFrom: number
  impact: (typeof impacts)[number] | null
}

const spellings: Record<string, string> = {
  communication: "comms",
  communications: "comms",
  network: "comms",
  "bad release": "firmware",
  release: "firmware",
  update: "firmware",
  site: "store network",
  store: "store network",
  "card testing": "card-testing",
}

/** A class as others may write it. */
function classOf(text: string): string {
  const plain = text.trim().toLowerCase().replaceAll(/[_-]+/g, " ")
  return spellings[plain] ?? plain
}

const LabelLine = z.object({
  terminal: z.string(),
  id: z.string(),
  at: z.iso.datetime({ offset: true }),
  cause: z.enum(["device", "card", "operator", "system"]),
})
export type Label = z.infer<typeof LabelLine>

/** Reads a file line by line. Lines that do not fit are counted. */
async function readLines<T>(path: string, schema: z.ZodType<T>, take: (line: T) => void): Promise<number> {
  let bad = 0
  for await (const line of createInterface({ input: createReadStream(path) })) {
    if (line.trim() === "") continue
    const read = schema.safeParse(valueOf(line))
    if (read.success) take(read.data)
    else bad += 1
  }
  return bad
}

function valueOf(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

/** What was really wrong. Null where the folder does not say. */
export async function truthOf(folder: string): Promise<{ troubles: Trouble[]; bad: number } | null> {
  const path = join(folder, "truth.ndjson")
  if (!existsSync(path)) return null
  const troubles: Trouble[] = []
  const bad = await readLines(path, TruthLine, ({ cls, from, to, actionableFrom, impact, ...who }) =>
    troubles.push({
      cls,
      who,
      from,
      to: to ?? Infinity,
      actionableFrom: actionableFrom ?? from,
      impact: impact ?? null,
    }),
  )
  return { troubles, bad }
}

/** The key of a sale, however its instant is written. */
export const saleKey = ({ terminal, id, at }: { terminal: string; id: string; at: string | Date }): string =>
  `${terminal.trim().toLowerCase()}\n${id}\n${new Date(at).getTime()}`

/** The real cause by sale. Null where the folder does not say. */
export async function labelsOf(folder: string): Promise<{ causes: Map<string, string>; bad: number } | null> {
  const path = join(folder, "labels.ndjson")
  if (!existsSync(path)) return null
  const causes = new Map<string, string>()
  const bad = await readLines(path, LabelLine, (label) => void causes.set(saleKey(label), label.cause))
  return { causes, bad }
}
