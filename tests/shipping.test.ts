import { execFileSync } from "node:child_process"
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { parse } from "yaml"
import { z } from "zod"
import { webArguments, workerArguments } from "@/lib/run/launch/children"

type Package = { name: string; version: string; license: string | null; source: string; texts: string[] }
const notices = (await import(join(process.cwd(), "bin/notices.mjs"))) as {
  productionPackages: () => Package[]
  noticesOf: (packages: Package[]) => string
}
const dockerfile = readFileSync("Dockerfile", "utf8")
const readme = readFileSync("lib/run/README.md", "utf8")
/** The variables of single sign-on and the MQTT bridge are in the READMEs of their districts. */
const readmes = ["run", "access", "intake"]
  .map((name) => readFileSync(`lib/${name}/README.md`, "utf8"))
  .join("")
const { scripts, engines } = z
  .object({ scripts: z.record(z.string(), z.string()), engines: z.object({ node: z.string() }) })
  .parse(JSON.parse(readFileSync("package.json", "utf8")))

const Service = z
  .object({
    image: z.string(),
    build: z.string().optional(),
    command: z.union([z.string(), z.array(z.string())]).optional(),
    environment: z.record(z.string(), z.string()),
    ports: z.array(z.string()).default([]),
    volumes: z.array(z.string()).default([]),
    profiles: z.array(z.string()).default([]),
    stop_grace_period: z.string().optional(),
    healthcheck: z
      .object({ test: z.array(z.string()).optional(), disable: z.boolean().optional() })
      .loose()
      .optional(),
    depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  })
  .loose()
const { services, volumes } = z
  .object({ services: z.record(z.string(), Service), volumes: z.record(z.string(), z.unknown()) })
  .loose()
  .parse(parse(readFileSync("compose.yaml", "utf8"), { merge: true }))
const ours = Object.entries(services).filter(([, { image }]) => image === "tillwatch")

const environment = readFileSync("lib/base/env.ts", "utf8")
const variables = new Set(
  [...environment.matchAll(/^ +([A-Z][A-Z_]+): z|process\.env\["([A-Z_]+)"\]/gm)].map(
    (match) => match[1] ?? match[2] ?? "",
  ),
)

const commands: string[][] = [
  ...[...dockerfile.matchAll(/^CMD (\[.*\])$/gm)].map((match) =>
    z.array(z.string()).parse(JSON.parse(match[1] ?? "")),
  ),
  ...ours.flatMap(([, { command }]) => (Array.isArray(command) ? [command] : [])),
]

describe("the environment", () => {
  test("is documented in the READMEs", () => {
    expect(variables.size).toBeGreaterThan(30)
    expect([...variables].filter((name) => name !== "NODE_ENV" && !readmes.includes(`\`${name}\``))).toEqual(
      [],
    )
  })

  test("of the image and compose has only variables that Tillwatch reads", () => {
    const own = [
      ...[...dockerfile.matchAll(/^ENV (.*)$/gm)].flatMap((match) =>
        (match[1] ?? "").split(" ").map((pair) => pair.split("=")[0] ?? ""),
      ),
      ...ours.flatMap(([, service]) => Object.keys(service.environment)),
    ]
    expect(
      [...new Set(own)].filter((name) => !variables.has(name) && name !== "NEXT_TELEMETRY_DISABLED"),
    ).toEqual([])
  })

  test("of compose passes variables on under the same name", () => {
    const renamed = ours
      .flatMap(([, service]) => Object.entries(service.environment))
      .filter(
        ([name, value]) =>
          name !== "DATABASE_URL" &&
          value.startsWith("${") &&
          !new RegExp(`^\\$\\{${name}(:[-?][^}]*)?\\}$`).test(value),
      )
    expect(renamed).toEqual([])
  })
})

describe("the image", () => {
  const lastStage = dockerfile.slice(dockerfile.lastIndexOf("\nFROM "))

  test("copies files that exist and are not ignored", () => {
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap((match) =>
      (match[1] ?? "").split(" "),
    )
    expect(copied).toContain("package-lock.json")
    const ignored = readFileSync(".dockerignore", "utf8").split("\n")
    expect(copied.filter((path) => !existsSync(path) || ignored.includes(path))).toEqual([])
    const stages = [...dockerfile.matchAll(/ AS (\w+)$/gm)].map((match) => match[1])
    expect(
      [...dockerfile.matchAll(/--from=(\w+)/g)]
        .map((match) => match[1])
        .filter((stage) => !stages.includes(stage)),
    ).toEqual([])
  })

  test("runs scripts that exist", () => {
    const run = [...dockerfile.matchAll(/npm run (\S+)/g)].map((match) => match[1] ?? "")
    expect(run.length).toBeGreaterThan(0)
    expect(run.filter((name) => !(name in scripts))).toEqual([])
    expect(
      [...dockerfile.matchAll(/bin\/\S+/g)].map(([path]) => path).filter((path) => !existsSync(path)),
    ).toEqual([])
  })

  test("has no development packages and does not run as root", () => {
    expect(dockerfile).toContain("npm ci --omit=dev")
    expect(lastStage).not.toMatch(/COPY --from=build \/app\/node_modules/)
    expect(lastStage).toMatch(/^USER node$/m)
  })

  test("starts the web server as npm start does", () => {
    expect(commands[0]).toEqual(["node", ...webArguments])
  })

  test("has a version of Node that Tillwatch supports", () => {
    const [major] = [...dockerfile.matchAll(/^FROM node:(\d+)-/gm)].map((match) => Number(match[1]))
    expect(major).toBeGreaterThanOrEqual(Number(/\d+/.exec(engines.node)?.[0]))
  })
})

describe("Node", () => {
  const remarks = (versions: string[]) =>
    z.array(z.object({ isTooOld: z.boolean(), text: z.string() }).nullable()).parse(
      JSON.parse(
        execFileSync(
          process.execPath,
          [
            "--input-type=module",
            "-e",
            `import { remarkOn } from "./bin/prepare.mjs"
               console.log(JSON.stringify(${JSON.stringify(versions)}.map(remarkOn)))`,
          ],
          { encoding: "utf8" },
        ),
      ),
    )

  test("22 and 24 are supported and get no remark", () => {
    expect(engines.node).toBe("^22.12.0 || >=24.0.0")
    expect(remarks(["22.12.0", "22.21.1", "24.0.0", "26.1.0"])).toEqual([null, null, null, null])
  })

  test("older versions that work get a line that recommends 24", () => {
    for (const remark of remarks(["20.19.0", "22.11.0", "23.5.0"])) {
      expect(remark).toMatchObject({ isTooOld: false })
      expect(remark?.text).toMatch(/^[^\n]*Node 24 LTS[^\n]*recommended\.$/)
    }
  })

  test("versions before 20.19 are rejected", () => {
    expect(remarks(["18.20.0", "20.18.3"]).map((remark) => remark?.isTooOld)).toEqual([true, true])
  })
})

describe("compose", () => {
  test("names programs that exist", () => {
    expect(commands.length).toBe(4)
    expect(
      commands.filter((command) => !command.some((part) => part.endsWith(".ts") && existsSync(part))),
    ).toEqual([])
  })

  test("starts the worker as npm start does", () => {
    expect(commands).toContainEqual(["node", ...workerArguments])
  })

  test("starts the same programs as the scripts", () => {
    const programs = new Set(
      [
        ...Object.values(scripts)
          .join(" ")
          .matchAll(/lib\/\S+\.ts/g),
      ].map(([path]) => path),
    )
    expect(
      commands
        .slice(1)
        .flatMap((command) => command.filter((part) => part.endsWith(".ts")))
        .filter((path) => !programs.has(path)),
    ).toEqual([])
  })

  test("checks the health of every process at its own port", () => {
    const portOf = (text: string) => /127\.0\.0\.1:(\d+)/.exec(text)?.[1]
    const wrong = ours.flatMap(([name, { environment: set, healthcheck, ports }]) => {
      const asked = portOf(healthcheck?.test?.join(" ") ?? "") ?? set["METRICS_PORT"]
      const published = ports.flatMap((mapping) => mapping.split(":"))
      return asked === set["METRICS_PORT"] && published.every((port) => port === set["PORT"]) ? [] : [name]
    })
    expect(wrong).toEqual([])
    expect(dockerfile).toMatch(new RegExp(`^EXPOSE ${services["web"]?.environment["PORT"]}$`, "m"))
    expect(dockerfile).toContain(`PORT=${services["web"]?.environment["PORT"]}`)
  })

  test("starts processes in order and gives them time to stop", () => {
    expect(
      Object.values(services)
        .flatMap((service) => Object.keys(service.depends_on))
        .filter((name) => !(name in services)),
    ).toEqual([])
    expect(
      Object.values(services)
        .flatMap((service) => service.volumes.map((volume) => volume.split(":")[0] ?? ""))
        .filter((name) => !(name in volumes)),
    ).toEqual([])
    for (const [, service] of ours)
      expect(Number.parseInt(service.stop_grace_period ?? "", 10)).toBeGreaterThan(25)
    for (const name of ["web", "worker"])
      expect(services[name]?.depends_on["migrate"]?.condition).toBe("service_completed_successfully")
  })

  test("keeps rows out of PostgreSQL's log, and runs the bridge only with its profile", () => {
    const settings = [
      ...readme.matchAll(
        /^(log_min_messages|log_min_error_statement|log_error_verbosity|log_parameter_\w+) = (\S+)$/gm,
      ),
    ].map((match) => `${match[1]}=${match[2]}`)
    expect(settings).toHaveLength(5)
    for (const setting of settings) expect(services["database"]?.command).toContain(setting)
    expect(services["mqtt-bridge"]?.profiles).toEqual(["mqtt"])
  })
})

describe("third-party packages", () => {
  const { productionPackages, noticesOf } = notices

  test("all state a licence", () => {
    const packages = productionPackages()
    expect(packages.length).toBeGreaterThan(100)
    expect(packages.filter(({ license }) => !license).map(({ name }) => name)).toEqual([])
  })

  test("are named in the notices, with weak copyleft licences in full and where their source is", () => {
    const copyleft = productionPackages().filter(({ license }) => /GPL|EPL|MPL/.test(license ?? ""))
    expect(copyleft.map(({ name }) => name)).toContain("elkjs")
    const text = noticesOf(copyleft)
    for (const { name, version, source, texts } of copyleft) {
      expect(text).toContain(`${name} ${version}`)
      expect(text).toContain(`Source: ${source}`)
      expect(texts.join("")).toMatch(/licen[cs]e/i)
    }
  })
})
