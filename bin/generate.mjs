// Makes Prisma's client. Generating needs no schema engine, but Prisma's CLI would download one: it is
// told that it has one already.
import { spawnSync } from "node:child_process"

const { status, stdout, stderr } = spawnSync(
  process.execPath,
  ["node_modules/prisma/build/index.js", "generate", "--config", "prisma/config.ts"],
  {
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: "1" },
    encoding: "utf8",
  },
)
if (status !== 0) process.stderr.write(stdout + stderr)
process.exit(status ?? 1)
