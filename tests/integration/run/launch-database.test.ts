import { spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync, rmSync } from "node:fs"
import { createServer, type AddressInfo, type Server } from "node:net"
import { expect, onTestFinished, test, vi } from "vitest"
import { LaunchedDatabase } from "@/lib/run/launch/database"
import { requirePort } from "@/lib/run/launch/require-port"
import { FakePostgres } from "@/tests/support/fake-postgres"
import { commandOf, descendantsOf } from "@/tests/support/processes"

const until = { timeout: 10_000, interval: 20 }

function given(pausesMs: readonly number[] = [1, 1, 1]) {
  const fake = new FakePostgres()
  const said: string[] = []
  const onGivenUp = vi.fn<() => void>()
  const start = { folder: fake.folder, password: "fake", programs: fake.programs }
  const say = (text: string) => void said.push(text)
  const database = new LaunchedDatabase({ start, say, onGivenUp, pausesMs })
  onTestFinished(async () => {
    await database.stop()
    rmSync(fake.base, { recursive: true, force: true })
  })
  const kill = () => process.kill(fake.pid ?? 0, "SIGKILL")
  const isRunning = () => vi.waitFor(() => expect(fake.isRunning).toBe(true), until)
  return { fake, said, onGivenUp, database, kill, isRunning }
}

test("PostgreSQL is started again at its port, as often as there are pauses, and then given up", async () => {
  const { fake, said, onGivenUp, database, kill } = given()
  fake.letFilesBeMade()
  fake.letServersBeReady()
  await database.start()
  const url = database.urlOf("postgres")
  for (let times = 1; times <= 3; times += 1) {
    kill()
    await vi.waitFor(() => expect(said.at(-1)).toBe("• PostgreSQL runs again"), until)
    expect(said.at(-2)).toContain(`(${times} of 3)`)
    expect(database.urlOf("postgres")).toBe(url)
    expect(onGivenUp).not.toHaveBeenCalled()
    said.push("")
  }
  kill()
  await vi.waitFor(() => expect(onGivenUp).toHaveBeenCalledTimes(1), until)
  expect(said.at(-1)).toBe("• PostgreSQL ended 4 times. Tillwatch stops")
  await database.stop()
  expect(fake.isRunning).toBe(false)
})

test("a start that is stopped while the files are made leaves none, and the next start works", async () => {
  const { fake, database } = given()
  const failure = database.start().catch(String)
  await vi.waitFor(() => expect(existsSync(`${fake.folder}.new/files/PG_VERSION`)).toBe(true), until)
  await database.stop()
  expect(await failure).toContain("initdb failed")
  expect(existsSync(`${fake.folder}.new`)).toBe(false)
  expect(existsSync(fake.folder)).toBe(false)

  fake.letFilesBeMade()
  fake.letServersBeReady()
  const start = { folder: fake.folder, password: "fake", programs: fake.programs }
  const next = new LaunchedDatabase({ start, say: () => undefined, onGivenUp: () => undefined })
  onTestFinished(() => next.stop())
  await next.start()
  expect(fake.isRunning).toBe(true)
})

test("a stop ends PostgreSQL while it starts for the first time", async () => {
  const { fake, database, isRunning } = given()
  fake.letFilesBeMade()
  const failure = database.start().catch(String)
  await isRunning()
  await database.stop()
  expect(await failure).toContain("did not start")
  expect(fake.isRunning).toBe(false)
})

test("a stop ends the pause before PostgreSQL is started again, and it is not started", async () => {
  const { fake, said, database, kill } = given([600_000])
  fake.letFilesBeMade()
  fake.letServersBeReady()
  await database.start()
  const killed = fake.pid
  kill()
  await vi.waitFor(() => expect(said.at(-1)).toContain("starts again in 600 s"), until)
  await database.stop()
  expect(fake.pid).toBe(killed)
  expect(said).toHaveLength(1)
})

test("a stop ends PostgreSQL while it is being started again", async () => {
  const { fake, said, onGivenUp, database, kill, isRunning } = given()
  fake.letFilesBeMade()
  fake.letServersBeReady()
  await database.start()
  fake.makeServersWait()
  const killed = fake.pid
  kill()
  await vi.waitFor(() => expect(fake.pid).not.toBe(killed), until)
  await isRunning()
  await database.stop()
  expect(fake.isRunning).toBe(false)
  expect(said).toHaveLength(1)
  expect(onGivenUp).not.toHaveBeenCalled()
})

test.each(["that starts", "that is ready"])(
  "PostgreSQL %s ends with a launcher that is killed",
  async (when) => {
    const { fake, isRunning } = given()
    fake.letFilesBeMade()
    if (when === "that is ready") fake.letServersBeReady()
    const { initdb, postgres } = fake.programs
    const args = ["--import", "tsx", "tests/support/launch-fake.ts", fake.folder, initdb, postgres]
    const launcher = spawn(process.execPath, args, { stdio: "inherit" })
    await isRunning()
    // The guard is started right after the server, and a launcher that is killed between them has none.
    const isGuard = (pid: number) => commandOf(pid).includes("process.stdin.on")
    await vi.waitFor(() => expect(descendantsOf(launcher.pid ?? 0).some(isGuard)).toBe(true), until)
    launcher.kill("SIGKILL")
    await vi.waitFor(() => expect(fake.isRunning).toBe(false), until)
  },
)

test("a port in use is named with a free one", async () => {
  const other = createServer()
  const port = await listening(other, 0)
  const said: unknown = await requirePort(port).catch((error: unknown) => error)
  expect(String(said)).toContain(`Port ${port} is taken`)
  const named = Number(/PORT=(\d+) npm start/.exec(String(said))?.[1])
  expect(named).not.toBe(port)
  expect(await listening(createServer(), named)).toBe(named)
  other.close()
  await expect(requirePort(port)).resolves.toBeUndefined()
})

async function listening(server: Server, port: number): Promise<number> {
  server.listen(port, "127.0.0.1")
  onTestFinished(() => void server.close())
  await once(server, "listening")
  return (server.address() as AddressInfo).port
}

test.each(["0", "65536", "3000.5", "", "web"])("PORT=%s is refused", async (port) => {
  await expect(requirePort(port === "" ? Number.NaN : Number(port))).rejects.toThrow("PORT:")
})
