import { Anchor } from "@mantine/core"
import Link from "next/link"
import type { ReactNode } from "react"

/** `isPlain`: in the colour of the text around it. */
type Props = { href: string | null; isPlain?: boolean; children: ReactNode }

/** A link in the size of the text around it, or its content alone without an address. */
export const Linked = ({ href, isPlain = false, children }: Props) =>
  href === null ? (
    children
  ) : (
    <Anchor component={Link} href={href} inherit {...(isPlain ? { c: "inherit" } : {})}>
      {children}
    </Anchor>
  )
