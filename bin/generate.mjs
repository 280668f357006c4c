// Generates Prisma's client. This needs no schema engine, but Prisma's CLI would download one. The
// environment variable tells it that there is one.
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
