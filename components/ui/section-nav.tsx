import { Box, Group, NavLink, ScrollArea } from "@mantine/core"
import type { Icon } from "@tabler/icons-react"
import Link from "next/link"
import { bringIntoView } from "@/components/ui/bring-into-view"

type Section = { name: string; href: string; icon: Icon; label: string; isHere: boolean }

/** Links to the pages of a section, above the open page. */
export function SectionNav({ title, sections }: { title: string; sections: Section[] }) {
  return (
    <Box component="nav" aria-label={title} mb="md">
      <ScrollArea type="never">
        <Group gap={4} wrap="nowrap">
          {sections.map(({ name, href, icon: SectionIcon, label, isHere }) => (
            <NavLink
              key={name}
              component={Link}
              href={href}
              active={isHere}
              ref={isHere ? bringIntoView : null}
              label={label}
              leftSection={<SectionIcon size={16} aria-hidden />}
              w="auto"
              style={{ borderRadius: 8, whiteSpace: "nowrap" }}
            />
          ))}
        </Group>
      </ScrollArea>
    </Box>
  )
}
