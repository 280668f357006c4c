"use client"

import { Code, Mark } from "@mantine/core"
import { useTranslations } from "next-intl"

/** A record's masked JSON with its wrong field marked. Text that is not JSON is shown as it is. */
export function RecordJson({ text, field }: { text: string; field: string | null }) {
  const t = useTranslations("quarantine")
  const member = field?.split(".")[0]
  const isFaulty = (line: string) => member !== undefined && line.startsWith(`  ${JSON.stringify(member)}:`)
  return (
    <Code
      block
      tabIndex={0}
      role="region"
      aria-label={t("record")}
      style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere", maxHeight: 320, overflow: "auto" }}
    >
      {prettyJson(text)
        .split("\n")
        .map((line, i) => (
          <span key={`${i} ${line}`}>
            {isFaulty(line) ? (
              <>
                {"  "}
                <Mark color="orange">{line.trimStart()}</Mark>
              </>
            ) : (
              line
            )}
            {"\n"}
          </span>
        ))}
    </Code>
  )
}

/** The text with line breaks, if it is JSON. */
export function prettyJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
