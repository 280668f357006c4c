import { redirect } from "next/navigation"
import { paths } from "@/lib/base/paths"

export default function InventoryPage() {
  redirect(paths.places)
}
