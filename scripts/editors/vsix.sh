#!/usr/bin/env bash
# Builds the VS Code extension: one .vsix for every platform and for Python 3.10 and later.
# usage: scripts/editors/vsix.sh PYTHON OUT.vsix
#   PYTHON  any Python with pip; it only builds, users run the server with their own
set -euo pipefail

if [ $# -ne 2 ]; then
  sed -n '2,4s/^# //p' "${BASH_SOURCE[0]}" >&2
  exit 2
fi
python=$(command -v "$1") || { echo "vsix: no such Python: $1" >&2; exit 2; }
mkdir -p "$(dirname "$2")"
out=$(cd "$(dirname "$2")" && pwd)/$(basename "$2")
"$python" -m pip --version >/dev/null || { echo "vsix: $python has no pip" >&2; exit 2; }
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$root"
cache=${SHAPEWRIGHT_CACHE:-$root/.cache}
mkdir -p "$cache"

say() { printf '%s\n' "vsix: $*"; }
fail() { say "$*" >&2; exit 1; }

# --- Node --------------------------------------------------------------------------------------------

# vsce wants Node 20; where the machine's own is older, the one that install.sh fetched will do.
node_is_new() { "$1" -e 'process.exit(+process.versions.node.split(".")[0] >= 20 ? 0 : 1)' 2>/dev/null; }
fetched=$cache/editors/node
if ! node_is_new node; then
  node_is_new "$fetched" || fail "Node.js 20 or later is needed (or run scripts/editors/install.sh first)"
  PATH=$(dirname "$(readlink -f "$fetched")"):$PATH
fi
if [ ! node_modules/.package-lock.json -nt package-lock.json ]; then
  say "installing the build tools (npm ci)"
  npm ci --no-audit --no-fund --loglevel=error
fi

# --- The extension's folder: what is in it is in the .vsix -------------------------------------------

stage=$cache/extension
libs=$stage/bundled/libs

# The packages that the server needs are fetched when their list has changed, so that a second build needs no network.
# Only wheels for "any Python 3 on any platform" are accepted, in versions that still run on 3.10: that is what makes
# one .vsix serve all. Markers such as `python_version < '3.11'` are judged by the Python that builds, hence every
# package by name.
versions=scripts/editors/bundled-versions.txt
if ! cmp --silent "$versions" "$cache/extension.versions"; then
  say "collecting what the server needs"
  rm -rf "$libs" "$cache/extension.versions"
  "$python" -m pip --quiet --quiet --disable-pip-version-check install \
    --target "$libs" --no-compile --no-warn-conflicts --only-binary=:all: \
    --python-version 3.10 --implementation py --abi none --platform any \
    --requirement "$versions" --no-deps
  compiled=$(find "$libs" -name '*.so' -o -name '*.pyd' -o -name '*.dylib')
  [ -z "$compiled" ] || fail "compiled code among the libraries: $compiled"
  # What pip leaves behind says where it was built and helps no one who runs it. Licences stay.
  rm -rf "$libs"/bin "$libs"/*/tests
  find "$libs" -path '*.dist-info/*' \( -name RECORD -o -name INSTALLER -o -name REQUESTED \) -delete
  cp "$versions" "$cache/extension.versions"
fi

say "packaging"
npm run --silent typecheck
npm run --silent lint
npm run --silent compile -- --minify --log-level=warning
rm -rf "$libs/shapewright" "$stage/client" "$stage/images"
mkdir -p "$stage/client/out" "$stage/images"
cp package.json client/README.md CHANGELOG.md LICENSE "$stage"
cp images/*.png "$stage/images"
cp client/run_server.py "$stage/client"
cp client/out/extension.js "$stage/client/out"
cp -R server/shapewright "$libs"
find "$libs" -type d -name __pycache__ -prune -exec rm -rf {} +

# The times of files are those of the last change: the same sources give the same .vsix.
if [ -z "${SOURCE_DATE_EPOCH:-}" ]; then
  SOURCE_DATE_EPOCH=$(git log -1 --format=%ct 2>/dev/null) || SOURCE_DATE_EPOCH=315532800
  export SOURCE_DATE_EPOCH
fi
rm -f "$out"
# vsce's search for secrets is switched off: it takes minutes over thousands of files, which are public packages and
# what is in this repository.
vsce=$root/node_modules/.bin/vsce
log=$(cd "$stage" && "$vsce" package --no-dependencies --allow-missing-repository --no-rewrite-relative-links \
  --allow-package-all-secrets --allow-package-env-file --out "$out" 2>&1) || fail "vsce failed: $log"
say "built $out ($(du -h "$out" | cut -f1))"
