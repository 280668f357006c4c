import createNextIntlPlugin from "next-intl/plugin"

const withNextIntl = createNextIntlPlugin("./lib/base/i18n/request.ts")

export default withNextIntl({
  poweredByHeader: false,
  serverExternalPackages: [
    "pg",
    "@prisma/client",
    "@prisma/adapter-pg",
    "@node-rs/argon2",
    "pino",
    "graphile-worker",
    "prom-client",
  ],
  experimental: {
    // A page is loaded when it is first asked for: a process that mostly takes records needs few of them.
    preloadEntriesOnStart: false,
    optimizePackageImports: ["@mantine/core", "@mantine/hooks", "@tabler/icons-react"],
  },
})
