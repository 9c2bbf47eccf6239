#!/usr/bin/env bash
# Measures 'merlon diff A..B' against one 'merlon check' of the same rules, in turn; see README.md.
set -euo pipefail
export LC_ALL=C DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

if [[ $# -ne 3 || ! -d $1 ]]; then
    echo "usage: bench/diff.sh REPOSITORY A B" >&2
    exit 2
fi
repository=$(cd -- "$1" && pwd -P)
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
rounds=${ROUNDS:-9}
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

# Runs merlon and appends "user system wall memory" to the file of its command; 1 is the exit code of findings.
run() {
    local code=0
    /usr/bin/time -q -f '%U %S %e %M' -o "$work/last" "$cli/merlon" "$@" --date 2026-11-24 >"$work/out" 2>"$work/err" || code=$?
    if [[ $code -gt 1 ]]; then
        echo "bench/diff.sh: merlon $1 ended with $code" >&2
        cat -- "$work/err" >&2
        exit 1
    fi
    tail -n 1 -- "$work/last" >>"$work/$1.times"
}

for ((i = 0; i <= rounds; i++)); do
    run check
    run diff "$2..$3"
    # The first round only warms up.
    if [[ $i -eq 0 ]]; then
        rm -f -- "$work"/*.times
    fi
done

# The median of an awk expression over a command's runs.
median() {
    awk "{ print $2 }" "$work/$1.times" | sort -n | awk '{ v[NR] = $1 } END { m = int((NR + 1) / 2); print NR % 2 ? v[m] : (v[m] + v[m + 1]) / 2 }'
}

reference=$(median check '($1 + $2) * 1000')
echo "| command | CPU ms | wall ms | peak MB | CPU / check |"
echo "|---|---:|---:|---:|---:|"
for name in check diff; do
    awk -v name="$name" -v cpu="$(median "$name" '($1 + $2) * 1000')" -v wall="$(median "$name" '$3 * 1000')" -v memory="$(median "$name" '$4 / 1024')" -v reference="$reference" \
        'BEGIN { printf "| %s | %.0f | %.0f | %.1f | %.2f |\n", name, cpu, wall, memory, cpu / reference }'
done
