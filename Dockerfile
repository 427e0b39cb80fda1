FROM node:20-slim

WORKDIR /app
# Dependencies first: they change less often than the sources.
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund && npm cache clean --force

COPY . .
RUN npm run build && mkdir -p /data && chown -R node:node /data

ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080 DATA_DIR=/data
USER node
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# node is pid 1: the server handles SIGTERM itself and starts no other process.
CMD ["node", "--import", "tsx", "sync-server/main.ts"]
