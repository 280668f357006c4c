"use client"

import { FormBody, type FormProps } from "@/components/ui/form-body"
import { SideDrawer, type SideDrawerProps } from "@/components/ui/side-drawer"

/** A form in a drawer beside the page. */
export function FormDrawer({ title, size = "md", ...form }: FormProps & Omit<SideDrawerProps, "onClose">) {
  return (
    <SideDrawer title={title} size={size} onClose={form.onClose}>
      <FormBody {...form} />
    </SideDrawer>
  )
}
