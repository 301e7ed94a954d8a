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

say() { printf '%s\n' "vsix: $*"; }
fail() { say "$*" >&2; exit 1; }

# --- Node --------------------------------------------------------------------------------------------

# vsce wants Node 20; where the machine's own is older, the one that install.sh fetched will do.
node_is_new() { "$1" -e 'process.exit(+process.versions.node.split(".")[0] >= 20 ? 0 : 1)' 2>/dev/null; }
fetched=${SHAPEWRIGHT_CACHE:-$root/.cache}/editors/node
if ! node_is_new node; then
  node_is_new "$fetched" || fail "Node.js 20 or later is needed (or run scripts/editors/install.sh first)"
  PATH=$(dirname "$(readlink -f "$fetched")"):$PATH
fi
if [ ! node_modules/.package-lock.json -nt package-lock.json ]; then
  say "installing the build tools (npm ci)"
  npm ci --no-audit --no-fund --loglevel=error
fi

# --- The Python side: bundled/libs -------------------------------------------------------------------

say "collecting the server and what it needs"
wheels=$(mktemp -d)
trap 'rm -rf "$wheels"' EXIT
pip() { "$python" -m pip --quiet --quiet --disable-pip-version-check "$@"; } # errors only

pip wheel --no-deps --wheel-dir "$wheels" "$root"
rm -rf bundled
# Only wheels for "any Python 3 on any platform" are accepted, in versions that still run on 3.10: that is what makes
# one .vsix serve all. Markers such as `python_version < '3.11'` are judged by the Python that builds, hence every
# package by name.
versions=scripts/editors/bundled-versions.txt
pip install --target bundled/libs --no-compile --no-warn-conflicts --only-binary=:all: \
  --python-version 3.10 --implementation py --abi none --platform any \
  --requirement "$versions" --no-deps "$wheels"/*.whl
compiled=$(find bundled/libs -name '*.so' -o -name '*.pyd' -o -name '*.dylib')
[ -z "$compiled" ] || fail "compiled code among the libraries: $compiled"

# Nothing that a requirement names may be missing from that list.
"$python" - bundled/libs <<'PYTHON' || fail "add what is missing to $versions"
import re, sys
from importlib.metadata import distributions

found = {re.sub("[-_.]+", "-", d.metadata["Name"]).lower(): d for d in distributions(path=[sys.argv[1]])}
missing = set()
for name, distribution in found.items():
    for requirement in distribution.requires or []:
        if "extra ==" not in requirement:
            needed = re.sub("[-_.]+", "-", re.match(r"[\w.-]+", requirement)[0]).lower()
            if needed not in found:
                missing.add(f"{name} needs {requirement}")
print(*sorted(missing), sep="\n", end="\n" if missing else "")
sys.exit(bool(missing))
PYTHON

# What pip leaves behind says where it was built and helps no one who runs it. Licences stay.
rm -rf bundled/libs/bin bundled/libs/*/tests
find bundled/libs -type d -name __pycache__ -prune -exec rm -rf {} +
find bundled/libs -path '*.dist-info/*' \
  \( -name RECORD -o -name INSTALLER -o -name REQUESTED -o -name direct_url.json \) -delete

# --- The extension -----------------------------------------------------------------------------------

say "packaging"
if [ -z "${SOURCE_DATE_EPOCH:-}" ]; then
  SOURCE_DATE_EPOCH=$(git log -1 --format=%ct 2>/dev/null) || SOURCE_DATE_EPOCH=315532800
  export SOURCE_DATE_EPOCH
fi
npm run --silent typecheck
rm -f "$out"
# vsce compiles first ("vscode:prepublish" in package.json). Its search for secrets is switched off: it takes minutes
# over 5,000 files, which are public packages and what is in this repository.
npx --no-install vsce package --no-dependencies --allow-missing-repository --no-rewrite-relative-links \
  --allow-package-all-secrets --allow-package-env-file --out "$out" >"$wheels/vsce.log" 2>&1 || { cat "$wheels/vsce.log" >&2; fail "vsce failed"; }
say "built $out ($(du -h "$out" | cut -f1))"
