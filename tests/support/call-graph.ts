import { fileOf, sources, type Source } from "@/tests/support/import-graph"

/** A top-level declaration of a file. */
export type Declared = {
  /** `path#name`. Code that runs when the file is loaded has no name. */
  id: string
  path: string
  text: string
  isExported: boolean
  /**
   * A function's parameters as source text. Empty if a call made the value, null if it is not a function.
   */
  parameters: string | null
  /** Ids of all declarations that it names, in its own file and in others. */
  uses: string[]
}

type Node = { type: string; start: number; end: number } & Record<string, unknown>
const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && "type" in value && "start" in value

const ofTypes = new Set(["typeAnnotation", "typeParameters", "typeArguments", "returnType"])

/** The names that code uses, without types, members and keys. */
function namesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(namesIn)
  if (!isNode(value)) return []
  if (value.type === "Identifier") return [String(value["name"])]
  return Object.entries(value).flatMap(([key, child]) => {
    const isPlainKey = (key === "property" || key === "key") && value["computed"] === false
    return ofTypes.has(key) || isPlainKey ? [] : namesIn(child)
  })
}

const functions = new Set(["ArrowFunctionExpression", "FunctionDeclaration", "FunctionExpression"])

function parametersOf(value: unknown, text: string): string | null {
  if (!isNode(value)) return null
  if (value.type === "CallExpression") return ""
  if (!functions.has(value.type)) return null
  const parameters = (value["params"] as Node[]).map(({ start, end }) => text.slice(start, end))
  return parameters.join(", ")
}

type Piece = { names: string[]; value: unknown; code: Node; isExported: boolean }

/** What a top-level statement declares. */
function piecesOf(statement: Node): Piece[] {
  const isExported = statement.type.startsWith("Export")
  const declaration = isExported ? statement["declaration"] : statement
  if (!isNode(declaration) || declaration.type.startsWith("Import") || declaration.type.startsWith("TS"))
    return []
  if (declaration.type === "VariableDeclaration")
    return (declaration["declarations"] as Node[]).map((code) => ({
      names: namesIn(code["id"]),
      value: code["init"],
      code,
      isExported,
    }))
  const names = statement.type === "ExportDefaultDeclaration" ? ["default"] : namesIn(declaration["id"])
  return [{ names: names.length > 0 ? names : [""], value: declaration, code: declaration, isExported }]
}

function declaredIn({ path, text, parsed: { program, module } }: Source): Declared[] {
  const pieces = (program.body as unknown as Node[]).flatMap(piecesOf)
  const known = new Map(pieces.flatMap(({ names }) => names.map((name) => [name, `${path}#${name}`])))
  for (const { moduleRequest, entries } of module.staticImports)
    for (const { importName, localName, isType } of entries)
      if (!isType)
        known.set(localName.value, `${fileOf(moduleRequest.value)}#${importName.name ?? "default"}`)
  return pieces.flatMap(({ names, value, code, isExported }) =>
    names.map((name) => ({
      id: `${path}#${name}`,
      path,
      text: text.slice(code.start, code.end),
      isExported,
      parameters: parametersOf(value, text),
      uses: [...new Set(namesIn(code).flatMap((used) => known.get(used) ?? []))],
    })),
  )
}

const byId = new Map<string, Declared>()
for (const declared of sources.flatMap(declaredIn)) {
  // All code that runs when a file is loaded counts as one declaration.
  const before = byId.get(declared.id)
  byId.set(declared.id, before ? { ...declared, uses: [...before.uses, ...declared.uses] } : declared)
}
export const declarations: ReadonlyMap<string, Declared> = byId
