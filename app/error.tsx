"use client"

import { Container } from "@mantine/core"
import { ErrorState } from "@/components/ui/error-state"

export default function PageError({ reset }: { error: Error; reset: () => void }) {
  return (
    <Container size="sm" py="xl">
      <ErrorState onRetry={reset} />
    </Container>
  )
}
