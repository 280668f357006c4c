"use client"

import { Anchor, Box, Skeleton, Text } from "@mantine/core"
import { useTranslations } from "next-intl"
import dynamic from "next/dynamic"
import Link from "next/link"
import { PageHeader } from "@/components/ui/page-header"
import { paths } from "@/lib/base/paths"

const documentAddress = "/api/v1/openapi.json"

const Swagger = dynamic(() => import("@/components/openapi/swagger").then((module) => module.Swagger), {
  ssr: false,
  loading: () => <Skeleton height={400} />,
})

/** The API reference, with a form to send each call. */
export function ApiDocsScreen({ maySend }: { maySend: boolean }) {
  const t = useTranslations("apiDocs")
  return (
    <Box maw={1000}>
      <PageHeader
        title={t("title")}
        subtitle={t.rich("subtitle", { link: (text) => <Anchor href={documentAddress}>{text}</Anchor> })}
      />
      {maySend ? (
        <Text size="sm">
          {t.rich("start", {
            link: (text) => (
              <Anchor component={Link} href={paths.sendData}>
                {text}
              </Anchor>
            ),
          })}
        </Text>
      ) : null}
      <Text size="sm" mb="md">
        {t("hint")}
      </Text>
      <Swagger url={documentAddress} />
    </Box>
  )
}
