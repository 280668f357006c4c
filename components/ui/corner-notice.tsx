"use client"

import { Affix, Notification } from "@mantine/core"
import type { ReactNode } from "react"

type Props = {
  color: string
  title?: string | undefined
  closeLabel: string
  onClose: () => void
  children: ReactNode
}

/** The result of an action, in the corner of the window, until it is closed. */
export function CornerNotice({ color, title, closeLabel, onClose, children }: Props) {
  return (
    <Affix position={{ bottom: 16, right: 16, left: 16 }} style={{ pointerEvents: "none" }}>
      <Notification
        withBorder
        ml="auto"
        maw={440}
        role="status"
        color={color}
        title={title}
        onClose={onClose}
        closeButtonProps={{ "aria-label": closeLabel }}
        style={{ pointerEvents: "auto" }}
      >
        {children}
      </Notification>
    </Affix>
  )
}
