# Built and run on the same Debian release: the program links its libxmlsec1. Both images can be
# replaced, for instance by mirrors: --build-arg RUN_IMAGE=...
ARG RUST_IMAGE=docker.io/library/rust:1.95-bookworm
ARG RUN_IMAGE=docker.io/library/debian:bookworm-slim

FROM ${RUST_IMAGE} AS build
RUN apt-get update \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
      gcc libc6-dev pkg-config libssl-dev libxml2-dev libxmlsec1-dev libclang1-14 libclang-common-14-dev \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
# Without the practice world; the queries were checked when .sqlx was written.
ENV SQLX_OFFLINE=true
RUN cargo build --release --locked --no-default-features --bin vestibule

FROM ${RUN_IMAGE}
RUN apt-get update \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends libxmlsec1-openssl ca-certificates \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --user-group --no-create-home --home-dir /nonexistent vestibule
COPY --from=build /src/target/release/vestibule /usr/local/bin/vestibule
USER 10001:10001
WORKDIR /
# A container's loopback reaches nobody; the TLS proxy in front does the rest.
ENV VESTIBULE_LISTEN=0.0.0.0:8080 VESTIBULE_LOG_FORMAT=json
EXPOSE 8080
STOPSIGNAL SIGTERM
ENTRYPOINT ["/usr/local/bin/vestibule"]
CMD ["serve"]
