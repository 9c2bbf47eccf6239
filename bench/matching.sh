#!/usr/bin/env bash
# Measures how fast rules are compared with events; see README.md.
set -euo pipefail
export LC_ALL=C DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_TieredPGO=1 DOTNET_gcConcurrent=0

if [[ $# -lt 2 || ! -d $1 ]]; then
    echo "usage: bench/matching.sh RULES_FOLDER EVENTS_FOLDER..." >&2
    exit 2
fi
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
exec dotnet run --project "$here/matching" -c Release -- "$@"
