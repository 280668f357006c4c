"use client"

import { MantineProvider } from "@mantine/core"
import { QueryClient, QueryClientProvider } from "@tanstack/react-query"
import { setNonce } from "get-nonce"
import { NuqsAdapter } from "nuqs/adapters/next/app"
import { useLayoutEffect, useState, type ReactNode } from "react"
import { config } from "zod/v4/core"
import { PrintLight } from "@/components/shell/print-light"
import { readableColors, theme } from "@/components/shell/theme"
import type { Locale } from "@/lib/base/i18n/locale"
import { namesIn } from "@/lib/base/names/names"

// zod compiles schemas with eval, which the policy of our pages forbids. The server, which also renders this
// component, keeps compiled schemas.
if (typeof window !== "undefined") config({ jitless: true })

export function Providers({
  nonce,
  language,
  children,
}: {
  nonce: string
  language: Locale
  children: ReactNode
}) {
  // Later answers have other nonces, but the document keeps the policy that it came with.
  const [styleNonce] = useState(nonce)
  // For style elements of dialogs, which lock the scrolling of the page.
  useLayoutEffect(() => setNonce(styleNonce), [styleNonce])
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={readableColors}
      defaultColorScheme="auto"
      getStyleNonce={() => styleNonce}
    >
      <PrintLight />
      <Answers key={language} language={language}>
        <NuqsAdapter>{children}</NuqsAdapter>
      </Answers>
    </MantineProvider>
  )
}

/** The cache of the API's answers, which screens see with names in the reader's language. */
function Answers({ language, children }: { language: Locale; children: ReactNode }) {
  const [queryClient] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: {
            staleTime: 2_000,
            retry: 1,
            // Without a network, a request fails and the screen says so, instead of waiting without a word.
            networkMode: "always",
            refetchOnReconnect: true,
            select: (answer) => namesIn(language, answer),
          },
          mutations: { networkMode: "always" },
        },
      }),
  )
  return <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
}
