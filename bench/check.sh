#!/usr/bin/env bash
# Compares 'merlon check' with libyaml and cat on the .yml files below a folder; see README.md.
set -euo pipefail
export LC_ALL=C DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

if [[ $# -ne 1 || ! -d $1 ]]; then
    echo "usage: bench/check.sh FOLDER" >&2
    exit 2
fi
folder=$(cd -- "$1" && pwd -P)
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
rounds=${ROUNDS:-9}
for tool in gcc dotnet /usr/bin/time; do
    if ! command -v "$tool" >/dev/null; then
        echo "bench/check.sh: $tool is missing" >&2
        exit 2
    fi
done

work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
if [[ -n ${OUT:-} ]]; then
    mkdir -p -- "$OUT"
    out=$(cd -- "$OUT" && pwd -P)
else
    out=$work
fi

gcc -O2 -o "$out/libyaml" "$here/libyaml.c" -lyaml
dotnet publish "$here/../src/Cli" -c Release -p:PublishReadyToRun=true -r linux-x64 --self-contained false -o "$out/cli" >"$work/publish.log" || {
    cat -- "$work/publish.log" >&2
    exit 1
}
merlon=$out/cli/merlon

# From the folder, so that no merlon.yml of another place is taken.
cd -- "$folder"

# Runs one program and appends "user system wall memory" to its file; 1 is the exit code of findings.
run() {
    local name=$1 code=0
    shift
    /usr/bin/time -q -f '%U %S %e %M' -o "$work/last" "$@" >"$work/$name.out" 2>"$work/$name.err" || code=$?
    if [[ $code -gt 1 || ($code -eq 1 && $name != merlon) ]]; then
        echo "bench/check.sh: $name ended with $code" >&2
        cat -- "$work/$name.err" >&2
        exit 1
    fi
    tail -n 1 -- "$work/last" >>"$work/$name.times"
}

round() {
    run libyaml "$out/libyaml" "$folder"
    # shellcheck disable=SC2016 # The inner shell expands it.
    run cat sh -c 'find "$1" -type f -name "*.yml" -print0 | xargs -0 cat >/dev/null' sh "$folder"
    run merlon "$merlon" check "$folder" --date 2026-11-24
}

round
rm -f -- "$work"/*.times
for ((i = 0; i < rounds; i++)); do
    round
done

# The median of an awk expression over a program's runs.
median() {
    awk "{ print $2 }" "$work/$1.times" | sort -n | awk '{ v[NR] = $1 } END { m = int((NR + 1) / 2); print NR % 2 ? v[m] : (v[m] + v[m + 1]) / 2 }'
}

reference=$(median libyaml '($1 + $2) * 1000')
echo "libyaml: $(cat -- "$work/libyaml.out")"
echo "merlon: $(tail -n 1 -- "$work/merlon.out")"
echo "medians of $rounds rounds:"
echo
echo "| program | CPU ms | wall ms | peak MB | CPU / libyaml | CPU - libyaml ms |"
echo "|---|---:|---:|---:|---:|---:|"
for name in cat libyaml merlon; do
    awk -v name="$name" -v cpu="$(median "$name" '($1 + $2) * 1000')" -v wall="$(median "$name" '$3 * 1000')" \
        -v memory="$(median "$name" '$4 / 1024')" -v reference="$reference" \
        'BEGIN { ratio = (reference > 0) ? sprintf("%.2f", cpu / reference) : "n/a"
                 printf "| %s | %.0f | %.0f | %.1f | %s | %+.0f |\n", name, cpu, wall, memory, ratio, cpu - reference }'
done
