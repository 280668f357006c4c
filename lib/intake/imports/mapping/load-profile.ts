import { existsSync } from "node:fs"
import { readFile, readdir } from "node:fs/promises"
import { join } from "node:path"
import { AppError } from "@/lib/base/errors"
import { Profile } from "@/lib/intake/imports/mapping/profile"

const folder = join(process.cwd(), "lib/intake/imports/mapping/profiles")

/** A built-in profile by its name, or your own by its file's path. */
export async function loadProfile(name: string): Promise<Profile> {
  const path = name.endsWith(".json") ? name : join(folder, `${name}.json`)
  if (!existsSync(path)) {
    const names = (await readdir(folder)).map((file) => file.replace(/\.json$/, ""))
    throw new AppError(
      "not_found",
      `There is no profile ${name}. Shipped ones: ${names.join(", ")}; or give the path of a .json file.`,
    )
  }
  const parsed = Profile.safeParse(JSON.parse(await readFile(path, "utf8")))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new AppError(
    "invalid",
    `The profile ${path} is wrong at ${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}`,
  )
}

export const loadShippedProfiles = async (): Promise<Profile[]> =>
  Promise.all((await readdir(folder)).toSorted().map((file) => loadProfile(file.replace(/\.json$/, ""))))
