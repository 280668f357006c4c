"use client"

import { Text, type TextProps } from "@mantine/core"
import type { ReactNode } from "react"
import { useGap } from "@/components/ui/use-language"

type Props = Pick<TextProps, "c"> & { head: string; children: ReactNode }

/** A sentence about a flag after a word or two on what it says. */
export function HeadedText({ head, children, ...style }: Props) {
  const gap = useGap()
  return (
    <Text size="sm" {...style}>
      <Text span fw={600}>
        {head}
      </Text>
      {gap}
      {children}
    </Text>
  )
}
