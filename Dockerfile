# The sandbox as an image, made of the package that lies beside this file:
#   npm pack && docker build -t esoz-sandbox .
#   docker run --read-only -p 127.0.0.1:4010:4010 -e ESOZ_CONTROL_TOKEN=… -v ./scenarios:/scenarios:ro esoz-sandbox
FROM node:24-bookworm-slim AS installed
COPY esoz-sandbox-*.tgz /package/
# Of several packages nobody knows which is meant. No package runs a script here.
RUN set -- /package/*.tgz && test "$#" = 1 \
  && npm install --global --prefix /opt/esoz-sandbox --ignore-scripts --no-audit --no-fund "$1"

FROM node:24-bookworm-slim
LABEL org.opencontainers.image.title="ESOZ Sandbox" \
  org.opencontainers.image.description="A stateful sandbox for asynchronous APIs" \
  org.opencontainers.image.licenses="Apache-2.0"
ENV NODE_ENV=production PATH=/opt/esoz-sandbox/bin:$PATH
COPY --from=installed /opt/esoz-sandbox /opt/esoz-sandbox
# Scenarios of one's own, and a store in a folder: ESOZ_STORE=file:/sessions. A volume takes over whose they are.
RUN install --directory --owner=1000 --group=1000 /scenarios /sessions
VOLUME ["/scenarios"]
WORKDIR /scenarios
# `node` of the base image, as a number: Kubernetes can tell that it is not root.
USER 1000:1000
EXPOSE 4010
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 CMD ["esoz-sandbox", "health"]
# Process 1 is the sandbox itself, which takes SIGTERM: open requests finish, then it ends.
ENTRYPOINT ["esoz-sandbox"]
CMD ["serve", "--host", "0.0.0.0", "--scenarios", "/scenarios"]
