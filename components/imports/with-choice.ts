import type { RecordProfile } from "@/lib/intake/imports/mapping/schemas"

/** The profile with an option set, or without it if it has no value. */
export function withChoice<Key extends keyof RecordProfile>(
  profile: RecordProfile,
  key: Key,
  value: RecordProfile[Key] | null,
): RecordProfile {
  const { [key]: _old, ...rest } = profile
  return (value === null || value === "" ? rest : { ...rest, [key]: value }) as RecordProfile
}
