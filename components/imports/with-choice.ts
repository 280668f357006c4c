import type { RecordProfile } from "@/lib/intake/imports/mapping/schemas"

/** Leaves a member out where nothing is chosen. */
export function withChoice<Key extends keyof RecordProfile>(
  profile: RecordProfile,
  key: Key,
  value: RecordProfile[Key] | null,
): RecordProfile {
  const { [key]: _old, ...rest } = profile
  return (value === null || value === "" ? rest : { ...rest, [key]: value }) as RecordProfile
}
