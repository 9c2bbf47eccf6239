#!/usr/bin/env bash
# Measures 'merlon trend' over the first parents of a repository's HEAD; see README.md.
set -euo pipefail
export LC_ALL=C DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

if [[ $# -ne 1 || ! -d $1 ]]; then
    echo "usage: bench/trend.sh REPOSITORY" >&2
    exit 2
fi
repository=$(cd -- "$1" && pwd -P)
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
rounds=${ROUNDS:-3}
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
cli=${CLI:-}
if [[ -z $cli ]]; then
    cli=$work/cli
    dotnet publish "$here/../src/Cli" -c Release -p:PublishReadyToRun=true -r linux-x64 --self-contained false -o "$cli" >"$work/publish.log" || {
        cat -- "$work/publish.log" >&2
        exit 1
    }
fi
cd -- "$repository"
for ((i = 0; i < rounds; i++)); do
    /usr/bin/time -q -f '%U %S %e %M' -a -o "$work/times" "$cli/merlon" trend --max "${MAX:-500}" --date 2026-11-24 --format csv -o "$work/trend.csv"
done

# The median of an awk expression over the runs.
median() {
    awk "{ print $1 }" "$work/times" | sort -n | awk '{ v[NR] = $1 } END { m = int((NR + 1) / 2); print NR % 2 ? v[m] : (v[m] + v[m + 1]) / 2 }'
}

echo "| commits | rounds | CPU s | wall s | peak MB |"
echo "|---:|---:|---:|---:|---:|"
awk -v commits="$(tail -n +2 -- "$work/trend.csv" | grep -oE '^[0-9-]+,[0-9a-f]{40,64}' | sort -u | wc -l)" -v rounds="$rounds" -v cpu="$(median '$1 + $2')" -v wall="$(median '$3')" -v memory="$(median '$4 / 1024')" \
    'BEGIN { printf "| %d | %d | %.1f | %.1f | %.0f |\n", commits, rounds, cpu, wall, memory }'
