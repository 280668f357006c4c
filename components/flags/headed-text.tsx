import { Text, type TextProps } from "@mantine/core"
import type { ReactNode } from "react"

type Props = Pick<TextProps, "c"> & { head: string; children: ReactNode }

/** A sentence about a flag after a word or two on what it says. */
export const HeadedText = ({ head, children, ...style }: Props) => (
  <Text size="sm" {...style}>
    <Text span fw={600}>
      {head}
    </Text>{" "}
    {children}
  </Text>
)
