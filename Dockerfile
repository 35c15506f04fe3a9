# Node runs TypeScript directly: nothing is compiled, the first stage only installs.
FROM node:24-slim AS install
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The optional packages carry a Node of their own, which this base image already is.
RUN npm ci --omit=dev --omit=optional --ignore-scripts

FROM node:24-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=install /app/node_modules node_modules
COPY package.json LICENSE NOTICE ./
COPY bin bin
COPY profiles profiles
COPY src src
# Courses, deliveries and receipts are kept here: patient data, for the service alone.
RUN install -d -o node -g node -m 700 /data
ENV COURSEBRIDGE_DATA=/data
VOLUME /data
USER node
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8080/livez').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Not through npm, which would not pass a signal on. Inside a container loopback reaches nobody, so it listens on all
# interfaces; the service refuses that unless COURSEBRIDGE_ALLOW_UNAUTHENTICATED=yes-on-a-trusted-network says that the
# network is trusted, and it needs FHIR_BASE_URL. Neither is set here: whoever runs the image decides.
CMD ["node", "src/main.ts", "serve", "--host", "0.0.0.0"]
