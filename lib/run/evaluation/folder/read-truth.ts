import { createReadStream, existsSync } from "node:fs"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { z } from "zod"
import type { Who } from "@/lib/run/evaluation/score-classes"
import { impacts } from "@/lib/run/simulation/world/impact"

const instant = z.iso
  .datetime({ offset: true })
  .or(z.iso.date())
  .transform((written) => Date.parse(written))
const text = z.union([z.string(), z.number().transform(String)])
/** Whoever writes all fields leaves those that do not matter empty. */
const name = text.nullish().transform((given) => given?.trim() || undefined)
const absent = z.literal("").transform(() => null)

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
  to: instant.or(absent).nullish(),
  /** From when it was worth a visit, and how much it mattered, where somebody knows. */
  actionableFrom: instant.or(absent).nullish(),
  impact: z.enum(impacts).nullable().catch(null),
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
function classOf(written: string): string {
  const plain = written.trim().toLowerCase().replaceAll(/[_-]+/g, " ")
  return spellings[plain] ?? plain
}

const LabelLine = z.object({
  terminal: text,
  id: text,
  at: z.iso.datetime({ offset: true }),
  cause: z
    .string()
    .transform((cause) => cause.trim().toLowerCase())
    .pipe(z.enum(["device", "card", "operator", "system"])),
})
export type Label = z.infer<typeof LabelLine>

/** Reads a file line by line, with or without a byte order mark. Lines that do not fit are counted. */
async function readLines<T>(path: string, schema: z.ZodType<T>, take: (line: T) => void): Promise<number> {
  let bad = 0
  for await (const written of createInterface({ input: createReadStream(path) })) {
    const line = written.trim()
    if (line === "") continue
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
      impact,
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
