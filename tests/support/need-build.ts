import { existsSync } from "node:fs"

/** For what starts the real web server. Throws if nothing has been built. */
export function needBuild(): void {
  if (!existsSync(".next/BUILD_ID")) throw new Error("there is no build: run npm run build first")
}
