# Shared by the scripts in this folder; sourced by bash, never run.

say() { echo "$name: $*" >&2; }
fail() { say "$*"; exit 1; }

# Root, or sudo, or a message that says what to run.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo "$@"
  else fail "this needs root and there is no sudo. As root, run: $*"
  fi
}

has_command() { command -v "$1" >/dev/null 2>&1; }
has_library() { has_command pkg-config && pkg-config --exists "$1"; }
has_postgres() { [ -n "$(postgres_bin)" ]; }

# The folder of initdb and postgres: PATH first, then Debian's newest.
postgres_bin() {
  local dir
  if has_command initdb && has_command postgres; then dirname "$(readlink -f "$(command -v initdb)")"; return; fi
  for dir in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -t/ -k5 -rn); do
    if [ -x "$dir/initdb" ] && [ -x "$dir/postgres" ]; then echo "$dir"; return; fi
  done
}

# Reads lines "package | what for | test"; installs the packages whose test fails.
install_missing() {
  local package reason check missing=()
  while IFS='|' read -r package reason check; do
    package=${package// /}
    [ -n "$package" ] || continue
    if ! eval "$check" >/dev/null 2>&1; then
      say "missing: $package ($reason)"
      missing+=("$package")
    fi
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  has_command apt-get ||
    fail "this machine has no apt-get. Install what Debian calls: ${missing[*]}"
  say "installing ${#missing[@]} Debian packages; this can take some minutes"
  as_root apt-get update -qq || say "apt-get update failed; trying with the lists that are here"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2 ||
    fail "apt-get could not install: ${missing[*]}"
}

# What compiling needs.
install_build_tools() {
  install_missing <<'LIST'
gcc                   | linking            | has_command cc
libc6-dev             | linking            | [ -f /usr/include/stdlib.h ]
pkg-config            | finding libraries  | has_command pkg-config
libssl-dev            | certificates       | has_library openssl
libxml2-dev           | XML                | has_library libxml-2.0
libxmlsec1-dev        | XML signatures     | has_library xmlsec1
libclang1-14          | binding xmlsec     | compgen -G '/usr/lib/*/libclang-[0-9]*' || compgen -G '/usr/lib/*/libclang.so*' || compgen -G '/usr/lib/llvm-*/lib/libclang-[0-9]*'
libclang-common-14-dev| binding xmlsec     | ls -d /usr/lib/llvm-*/lib/clang/*/include /usr/lib/clang/*/include
libxmlsec1-openssl    | XML signatures     | ls /usr/lib/*/libxmlsec1-openssl.so*
ca-certificates       | outgoing TLS       | [ -f /etc/ssl/certs/ca-certificates.crt ]
LIST
  # rustup's environment is missing in shells that did not read the profile.
  has_command cargo || [ ! -f "$HOME/.cargo/env" ] || . "$HOME/.cargo/env"
  has_command cargo || fail "Rust is missing. Install it as https://rustup.rs says, then run this again"
}

# Runs a command as the user Postgres may run as.
as_postgres() {
  if [ "$(id -u)" != 0 ]; then "$@"
  elif has_command runuser; then runuser -u postgres -- "$@"
  else setpriv --reuid=postgres --regid=postgres --clear-groups -- "$@"
  fi
}

# A Postgres cluster for this run alone, in memory where there is room, with fsync off. Sets
# DATABASE_URL; gone when the script ends. Several can run at once: nothing listens but a socket.
throwaway_postgres() {
  local base=${TMPDIR:-/tmp} bin free
  free=$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 { print $4 }')
  if [ -w /dev/shm ] && [ "${free:-0}" -gt 1048576 ]; then base=/dev/shm; fi
  bin=$(postgres_bin)
  [ -n "$bin" ] || fail "no PostgreSQL found: install Debian's postgresql"
  if [ "$(id -u)" = 0 ] && ! id postgres >/dev/null 2>&1; then
    fail "as root, PostgreSQL runs as the user postgres, which is missing: install Debian's postgresql"
  fi
  sweep_postgres "$base" "$bin"
  postgres_dir=$(mktemp -d "$base/vestibule-test-$$-XXXXXX")
  trap remove_postgres EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  if [ "$(id -u)" = 0 ]; then chown postgres: "$postgres_dir"; fi
  say "starting a throw-away PostgreSQL in $postgres_dir"
  (cd / && as_postgres "$bin/initdb" -U postgres -A trust --no-sync --locale=C.UTF-8 --encoding=UTF8 \
    -D "$postgres_dir/data") >"$postgres_dir.log" 2>&1 || { cat "$postgres_dir.log" >&2; fail "initdb failed"; }
  # In a session of its own, so that Ctrl-C does not take it away before the tests have ended.
  (cd / && as_postgres setsid "$bin/pg_ctl" -D "$postgres_dir/data" -w -t 60 -l "$postgres_dir/log" -o \
    "-c listen_addresses='' -c unix_socket_directories=$postgres_dir -c max_connections=400 \
     -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off" start) \
    >"$postgres_dir.log" 2>&1 || { cat "$postgres_dir.log" "$postgres_dir/log" >&2; fail "PostgreSQL did not start"; }
  export DATABASE_URL="postgres://postgres@localhost/postgres?host=$postgres_dir"
}

remove_postgres() {
  local bin
  bin=$(postgres_bin)
  (cd / && as_postgres "$bin/pg_ctl" -D "$postgres_dir/data" -m immediate -w stop) >/dev/null 2>&1 || true
  rm -rf "$postgres_dir" "$postgres_dir.log"
}

# Removes the clusters of runs that were killed outright.
sweep_postgres() {
  local dir pid
  for dir in "$1"/vestibule-test-*-??????; do
    [ -d "$dir" ] || continue
    pid=${dir##*/vestibule-test-}
    pid=${pid%%-*}
    kill -0 "$pid" 2>/dev/null && continue
    [ -O "$dir" ] || [ "$(id -u)" = 0 ] || continue
    say "removing $dir, left by a run that was killed"
    (cd / && as_postgres "$2/pg_ctl" -D "$dir/data" -m immediate -w stop) >/dev/null 2>&1 || true
    rm -rf "$dir" "$dir.log"
  done
}
