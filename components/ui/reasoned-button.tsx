"use client"

import { Button, Group, Text, type ButtonProps } from "@mantine/core"
import { useId, type ReactNode } from "react"

type Props = ButtonProps & {
  /** Why the button is grey. Null if it works. */
  notYet: string | null
  type?: "submit" | "button"
  onClick?: () => void
  children: ReactNode
}

/** A button that says why it does not work yet. */
export function ReasonedButton({ notYet, children, ...button }: Props) {
  const id = useId()
  return (
    <Group gap="xs" justify="flex-end">
      {notYet === null ? null : (
        <Text id={id} size="xs" c="dimmed">
          {notYet}
        </Text>
      )}
      <Button disabled={notYet !== null} {...(notYet === null ? {} : { "aria-describedby": id })} {...button}>
        {children}
      </Button>
    </Group>
  )
}
