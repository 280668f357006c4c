import { createRequire } from "node:module"
import { PHASE_PRODUCTION_SERVER } from "next/constants.js"
import type * as config from "next/dist/server/config.js"

// The module has no default export that can be imported from an ES module.
const { default: loadConfig } = createRequire(import.meta.url)("next/dist/server/config.js") as typeof config

/** Loads Next's configuration first, because Next prints a line when it loads it itself. */
export const loadNextConfig = (dir: string) => loadConfig(PHASE_PRODUCTION_SERVER, dir)
