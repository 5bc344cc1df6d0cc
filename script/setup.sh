# What `script/server` and `script/test` have in common: they read this file.
#
# Everything that is missing is installed from Debian's packages, cargo, npm and pip, and nothing
# else is fetched.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

say() { printf '%s\n' "$*" >&2; }

stop() {
    say "$*"
    exit 1
}

# The one Linux that is promised; on others the person installs by hand.
is_debian_12() { [ -r /etc/os-release ] && grep -q '^VERSION_CODENAME=bookworm' /etc/os-release; }

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        stop "This needs root: $*. Run it as root, then start again."
    fi
}

# need PACKAGE... : Debian packages, installed where one is missing.
need() {
    local missing=()
    for package in "$@"; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return
    is_debian_12 || stop "Install these and start again (this is not Debian 12): ${missing[*]}"
    say "Installing ${missing[*]}"
    as_root apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# PostgreSQL's server programs, without the cluster that Debian would make and start.
need_postgres() {
    local found
    for found in /usr/lib/postgresql/*/bin/postgres; do
        [ -x "$found" ] && [ "$(basename "$(dirname "$(dirname "$found")")")" -ge 15 ] && return
    done
    command -v initdb >/dev/null && command -v postgres >/dev/null && return
    is_debian_12 || stop "Install the PostgreSQL server, version 15 or later, and start again."
    as_root mkdir -p /etc/postgresql-common
    if ! grep -qs '^create_main_cluster' /etc/postgresql-common/createcluster.conf; then
        echo 'create_main_cluster = false' | as_root tee -a /etc/postgresql-common/createcluster.conf >/dev/null
    fi
    need postgresql
}

need_rust() {
    [ -f "$HOME/.cargo/env" ] && . "$HOME/.cargo/env"
    command -v cargo >/dev/null && return
    say "Rust is not installed. Trellis can install it for you with rustup (https://rustup.rs)."
    if [ "${TRELLIS_YES:-}" != 1 ]; then
        [ -t 0 ] || stop "Install Rust, or start again with TRELLIS_YES=1 to agree."
        read -r -p "Install Rust now? [y/N] " answer
        [ "$answer" = y ] || [ "$answer" = Y ] || stop "Install Rust, then start again."
    fi
    need curl ca-certificates
    curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh -s -- -y --profile minimal -c clippy -c rustfmt
    . "$HOME/.cargo/env"
}

# Where tools that only tests need are kept, between runs.
tools_folder() { printf '%s' "${XDG_CACHE_HOME:-$HOME/.cache}/trellis/tools"; }

# pyx12, which judges claims as another reader of the guide, in a Python environment of its own.
need_pyx12() {
    local home
    home="$(tools_folder)/pyx12"
    [ -x "$home/bin/x12valid" ] && return
    need python3 python3-venv
    say "Installing pyx12"
    python3 -m venv "$home"
    "$home/bin/pip" install --quiet --disable-pip-version-check pyx12==4.0.0
}

# Beancount, which reads the books as another program does, in the same way.
need_beancount() {
    local home
    home="$(tools_folder)/beancount"
    [ -x "$home/bin/bean-check" ] && return
    need python3 python3-venv
    say "Installing Beancount"
    python3 -m venv "$home"
    "$home/bin/pip" install --quiet --disable-pip-version-check beancount==3.1.0
}

# numpy, which the benches are held against, in the same way.
need_numpy() {
    local home
    home="$(tools_folder)/numpy"
    "$home/bin/python" -c 'import numpy' 2>/dev/null && return
    need python3 python3-venv
    say "Installing numpy"
    python3 -m venv "$home"
    "$home/bin/pip" install --quiet --disable-pip-version-check numpy==2.2.6
}
