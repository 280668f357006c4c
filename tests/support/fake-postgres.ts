import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Programs } from "@/lib/base/db/embedded"
import { isRunning } from "@/tests/support/processes"

/** Scripts in place of PostgreSQL's programs, with which a test decides when a server is ready. */
export class FakePostgres {
  readonly base = mkdtempSync(join(tmpdir(), "tillwatch-fake-"))
  readonly folder = join(this.base, "files")
  readonly programs: Programs = {
    initdb: this.#script("initdb", [`touch "$2/PG_VERSION"`, ...this.#waitFor("files-may-be-made")]),
    postgres: this.#script("postgres", [
      `echo $$ > "$2/postmaster.pid"`,
      ...this.#waitFor("may-be-ready"),
      "echo 'ready to accept connections' >&2",
      "exec sleep 600",
    ]),
  }

  constructor() {
    chmodSync(this.base, 0o711)
  }

  #script(name: string, lines: string[]): string {
    const path = join(this.base, name)
    writeFileSync(path, ["#!/bin/sh", ...lines].join("\n"), { mode: 0o755 })
    return path
  }

  #waitFor(name: string): string[] {
    return [`while [ ! -e "${join(this.base, name)}" ]; do sleep 0.02; done`]
  }

  letFilesBeMade(): void {
    writeFileSync(join(this.base, "files-may-be-made"), "")
  }

  letServersBeReady(): void {
    writeFileSync(join(this.base, "may-be-ready"), "")
  }

  makeServersWait(): void {
    rmSync(join(this.base, "may-be-ready"))
  }

  /** The process of the latest server; null if there was none. */
  get pid(): number | null {
    const file = join(this.folder, "postmaster.pid")
    return existsSync(file) ? Number(readFileSync(file, "utf8")) || null : null
  }

  get isRunning(): boolean {
    return this.pid !== null && isRunning(this.pid)
  }
}
