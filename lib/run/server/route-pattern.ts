import { z } from "zod"

const Manifest = z.object({
  staticRoutes: z.array(z.object({ page: z.string() })),
  dynamicRoutes: z.array(z.object({ page: z.string(), regex: z.string() })),
})

/**
 * Returns a function from a path to its route, such as /api/v1/terminals/[id]. Routes are few and have no ids
 * or tokens. `manifest` is the build's routes-manifest.json.
 */
export function routePatterns(manifest: unknown): (path: string) => string {
  const { staticRoutes, dynamicRoutes } = Manifest.parse(manifest)
  const fixed = new Set(staticRoutes.map(({ page }) => page))
  const patterns = dynamicRoutes.map(({ page, regex }) => ({ page, regex: new RegExp(regex) }))
  return (path) => {
    if (fixed.has(path)) return path
    if (path.startsWith("/_next/")) return "/_next"
    return patterns.find(({ regex }) => regex.test(path))?.page ?? "other"
  }
}
