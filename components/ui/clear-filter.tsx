import { Button } from "@mantine/core"

type Props = {
  /** What the list is limited to. */
  text: string
  /** What a click does, for screen readers. */
  label: string
  onClear: () => void
}

/** A filter that a link has set: it is shown, and a click removes it. */
export function ClearFilter({ text, label, onClear }: Props) {
  return (
    <Button size="xs" variant="light" aria-label={label} onClick={onClear}>
      {text} ×
    </Button>
  )
}
