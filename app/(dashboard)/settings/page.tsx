import { redirect } from "next/navigation"
import { paths } from "@/lib/base/paths"

export default function SettingsPage() {
  redirect(paths.account)
}
