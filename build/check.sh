#!/usr/bin/env bash
# Checks rules in a pipeline of GitHub: annotations into the log, SARIF and a page of Markdown into a folder, the page into the step's summary.
# Ends with the exit code of merlon: 0 nothing, 1 findings, 2 usage or configuration, 3 everything else. What it writes is published: text and
# JSON, which have actors by name and lists of gaps, are never asked for.
#
#   MERLON               the command, merlon where nothing is said
#   MERLON_OUTPUT        the folder, which is made
#   MERLON_CONFIG        the merlon.yml; the nearest one otherwise
#   MERLON_ALL           true: every merlon.yml of the repository
#   MERLON_BASE          the revision to compare with; found otherwise
#   MERLON_LEVEL         what counts as covered; as configured otherwise
#   MERLON_PRIVATE       true: actors by name whose TLP is amber or red, too
#   MERLON_ACCEPT_POLICY true: somebody who may decide that has seen that the policy is weaker
set -uo pipefail

merlon=${MERLON:-merlon}
output=${MERLON_OUTPUT:?says where SARIF and the page go}
mkdir -p -- "$output" || exit 3
output=$(cd -- "$output" && pwd) || exit 3
sarif=$output/merlon.sarif
page=$output/merlon.md
rm -f -- "$sarif" "$page"

# With '=' a value is never read as another option.
arguments=()
[ -z "${MERLON_CONFIG:-}" ] || arguments+=("--config=$MERLON_CONFIG")
[ -z "${MERLON_BASE:-}" ] || arguments+=("--base=$MERLON_BASE")
[ -z "${MERLON_LEVEL:-}" ] || arguments+=("--level=$MERLON_LEVEL")

# A word that is neither is a mistake, and not no.
flag() {
  case $2 in
    true) arguments+=("$3") ;;
    false | "") ;;
    *)
      echo "$1 is '$2'; say true or false" >&2
      exit 2
      ;;
  esac
}
flag MERLON_ALL "${MERLON_ALL:-}" --all
flag MERLON_PRIVATE "${MERLON_PRIVATE:-}" --private
flag MERLON_ACCEPT_POLICY "${MERLON_ACCEPT_POLICY:-}" --accept-policy

# The worse of what was so far and the last one. A signal, or a command that is not there, is a failure.
code=0
judge() {
  local last=$1
  [ "$last" -le 3 ] || last=3
  [ "$last" -le "$code" ] || code=$last
}

# The page is asked for in the same run as the annotations, so that they say the same.
GITHUB_STEP_SUMMARY=$page "$merlon" check --format=github --step-summary ${arguments[@]+"${arguments[@]}"} || judge $?
[ "$code" -gt 1 ] || "$merlon" check --format=sarif "--output=$sarif" ${arguments[@]+"${arguments[@]}"} || judge $?

case $code in
  0) verdict=passed ;;
  1) verdict=failed said="findings of error severity: they stand beside the change and in the log of the step" ;;
  2) verdict=error said="the configuration cannot be used, and the log of the step says why" ;;
  *) verdict=error said="the check did not come to its end, and the log of the step says why" ;;
esac
[ -s "$page" ] || printf '<!-- merlon -->\n## Merlon: not checked\n' > "$page"
[ "$code" -eq 0 ] || printf '\n**The check ended with exit code %s**: %s.\n' "$code" "$said" >> "$page"

[ -z "${GITHUB_STEP_SUMMARY:-}" ] || cat -- "$page" >> "$GITHUB_STEP_SUMMARY" || judge 3
if [ -n "${GITHUB_OUTPUT:-}" ]; then
  {
    echo "exit-code=$code"
    echo "verdict=$verdict"
    echo "summary=$page"
    [ ! -s "$sarif" ] || echo "sarif=$sarif"
  } >> "$GITHUB_OUTPUT" || judge 3
fi
exit "$code"
