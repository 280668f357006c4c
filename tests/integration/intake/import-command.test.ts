import { spawnSync } from "node:child_process"
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import sql from "sql-template-tag"
import { describe, expect, test } from "vitest"
import { asWorker } from "@/lib/base/db/transaction"
import { useDatabase } from "@/tests/support/database"
import { givenOrganisation } from "@/tests/support/factories"

useDatabase()

const folder = mkdtempSync(join(tmpdir(), "tillwatch-import-"))
const givenFile = (name: string, text: string) => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

describe("the command", () => {
  const command = (orgId: string, file: string, profile = "transactions") => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ["--import", "tsx", "lib/run/commands/import-file.ts", file, "--profile", profile, "--org", orgId],
      { env: { ...process.env, LOG_LEVEL: "silent" }, encoding: "utf8" },
    )
    return { status, stdout, stderr }
  }

  test("prints the number of imported rows, and fails with a hint if there are none", async () => {
    const { orgId } = await givenOrganisation()
    const one = command(
      orgId,
      givenFile("one.csv", `terminal,at,id,outcome\nSN1,${new Date().toISOString()},1,approved\n`),
    )
    expect(one).toMatchObject({ status: 0 })
    expect(one.stdout).toContain("\n1 row: 1 imported, 0 duplicates, 0 rejected.\n")

    const file = givenFile(
      "none-came-in.csv",
      "terminal,at,id,outcome\nSN1,never,1,approved\nSN1,never,2,approved\n",
    )
    const none = command(orgId, file)
    expect(none).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("No row was imported. Check the reasons in that file") as string,
    })
    expect(none.stdout).toContain("2 rows: 0 imported, 0 duplicates, 2 rejected.")
    expect(readFileSync(`${file}.rejected.csv`, "utf8")).toMatch(/^2,invalid,at,.*\n3,invalid,at,/m)
  })

  test("names unused columns and values that it leaves out, and is in the audit log", async () => {
    const { orgId } = await givenOrganisation()
    const file = givenFile(
      "beats.csv",
      `terminal,at,batteryPct,shelf\nSN1,${new Date().toISOString()},a lot,B7\n`,
    )
    const { status, stdout } = command(orgId, file, "auto-heartbeats")
    expect(status).toBe(0)
    expect(stdout).toContain("Columns of the file that are not used: shelf\n")
    expect(stdout).toContain('Left out of 1 record: batteryPct (text), such as "a lot"\n')
    const entries = await asWorker((db) =>
      db.query(sql`
        select action, actor_name, subject_name from audit_entry where org_id = ${orgId}::uuid order by id`),
    )
    expect(entries).toEqual(
      ["import.uploaded", "import.started"].map((action) => ({
        action,
        actor_name: "command line",
        subject_name: "beats.csv",
      })),
    )
  })
})
