import "@mantine/core/styles.css"
import "./globals.css"
import { ColorSchemeScript, mantineHtmlProps } from "@mantine/core"
import type { Metadata } from "next"
import { NextIntlClientProvider } from "next-intl"
import { headers } from "next/headers"
import type { ReactNode } from "react"
import { Providers } from "@/components/shell/providers"
import { readerLanguage } from "@/lib/base/i18n/reader-language"

export const metadata: Metadata = {
  title: { default: "Tillwatch", template: "%s · Tillwatch" },
  robots: "noindex",
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get("x-nonce") ?? ""
  const language = await readerLanguage()
  return (
    <html lang={language === "zh" ? "zh-CN" : "en"} {...mantineHtmlProps}>
      <head>
        <ColorSchemeScript defaultColorScheme="auto" nonce={nonce} />
      </head>
      <body>
        <NextIntlClientProvider>
          <Providers nonce={nonce} language={language}>
            {children}
          </Providers>
        </NextIntlClientProvider>
      </body>
    </html>
  )
}
