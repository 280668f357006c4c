import type { Role } from "@/lib/access/actor/actor"

/** The roles that a group can give. Groups cannot make admins. */
export const mappedRoles = ["manager", "planner", "technician", "viewer"] as const satisfies readonly Exclude<
  Role,
  "admin"
>[]
export type MappedRole = (typeof mappedRoles)[number]

/** Why a user whom the provider authenticated is refused. */
export const refusals = [
  "no_access",
  "two_organisations",
  "unverified_email",
  "email_taken",
  "disabled",
  "failed",
] as const
export type SignInRefusal = (typeof refusals)[number]
