"use client"

import { Box } from "@mantine/core"
import { FormBody, type FormProps } from "@/components/ui/form-body"
import { SideDrawer, type SideDrawerProps } from "@/components/ui/side-drawer"
import { useTyped } from "@/components/ui/use-typed"

/** A form in a drawer beside the page. */
export function FormDrawer({ title, size = "md", ...form }: FormProps & Omit<SideDrawerProps, "onClose">) {
  const { isAsked, watch, onEscape } = useTyped(form.onClose)
  return (
    <SideDrawer title={title} size={size} onClose={onEscape}>
      <Box {...watch}>
        <FormBody {...form} isAsked={isAsked} />
      </Box>
    </SideDrawer>
  )
}
