#!/usr/bin/env bash
# Opens a real VS Code in the browser, on examples/, with the extension as it is in this checkout. Ctrl-C ends it.
# usage: scripts/editors/open.sh [PYTHON]
#   PYTHON  builds the extension and runs its language server (default: python3)
set -euo pipefail

python=$(command -v "${1:-python3}") || { echo "open: no such Python: ${1:-python3}" >&2; exit 2; }
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cache=${SHAPEWRIGHT_CACHE:-$root/.cache}/editors
profile=$cache/profile

"$root/scripts/editors/install.sh"
[ -x "$cache/node" ] || exit 1
"$root/scripts/editors/vsix.sh" "$python" "$cache/shapewright.vsix"

mkdir -p "$profile/data/Machine"
"$python" -c 'import json, sys; print(json.dumps({"shapewright.interpreter": sys.executable}))' \
  >"$profile/data/Machine/settings.json"
code_server=("$cache/node" "$cache/node_modules/code-server/out/node/entry.js" --config "$profile/config.yaml"
  --user-data-dir "$profile/data" --extensions-dir "$profile/extensions" --disable-telemetry --disable-update-check)
"${code_server[@]}" --install-extension "$cache/shapewright.vsix" --force >/dev/null

# Other users of this machine reach 127.0.0.1 as well, and an editor has a terminal: hence a password.
PASSWORD=$("$python" -c 'import secrets; print(secrets.token_hex(8))')
export PASSWORD
port=$("$python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
cat <<MESSAGE

  VS Code:   http://127.0.0.1:$port/
  Password:  $PASSWORD

  Open lstm_bug.py. Ctrl-C here ends it.

MESSAGE
exec "${code_server[@]}" --auth password --bind-addr "127.0.0.1:$port" --disable-workspace-trust "$root/examples" \
  >"$profile/code-server.log" 2>&1
