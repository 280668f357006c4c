import { z } from "zod"
import { holdsPan, maskPans } from "@/lib/base/text/pan"

/** Claims of the ID token and the user info. */
export const Claims = z.looseObject({
  iss: z.string().min(1),
  sub: z.string().min(1),
  email: z
    .email()
    .max(254)
    .transform((email) => email.toLowerCase())
    .refine((email) => !holdsPan(email))
    .optional()
    .catch(undefined),
  // Some providers send it as text.
  email_verified: z.union([z.boolean(), z.stringbool()]).optional().catch(false),
  name: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .transform((name) => maskPans(name))
    .optional()
    .catch(undefined),
})
export type Claims = z.infer<typeof Claims>

const mostGroups = 1000

/**
 * The groups in a claim. `claim` can be a name with dots, such as https://example.com/groups, or a path,
 * such as realm_access.roles.
 */
export function groupsOf(claims: Record<string, unknown>, claim: string): string[] {
  const found = Object.hasOwn(claims, claim)
    ? claims[claim]
    : claim.split(".").reduce<unknown>((value, name) => memberOf(value, name), claims)
  const groups = Array.isArray(found) ? found : [found]
  return groups.filter((group) => typeof group === "string").slice(0, mostGroups)
}

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined
