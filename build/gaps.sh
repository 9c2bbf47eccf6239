#!/usr/bin/env bash
# Makes what shows gaps, for a release: layers, the report and the assessment, into the folder that is named. A list of gaps is a map of blind
# spots, and whoever may read a repository may read its artifacts and releases: nothing is made unless GitHub says that the repository is
# private, or somebody has written down that gaps become public.
#
#   MERLON                    the command, merlon where nothing is said
#   VISIBILITY                of the repository, as GitHub says: private, internal or public
#   GAPS_BECOME_PUBLIC        yes: whoever sees the repository may see where its rules are blind
set -euo pipefail

output=${1:?names the folder}
merlon=${MERLON:-merlon}
if [ "${VISIBILITY:-}" != private ] && [ "${GAPS_BECOME_PUBLIC:-}" != yes ]; then
  echo "layers, report and assessment are not made: this repository is '${VISIBILITY:-}', not private, and gaps would become public"
  exit 0
fi

# Since the release before, where there is one: a name that begins with v is no option.
since=$(git describe --tags --abbrev=0 --match 'v*' 'HEAD^' 2> /dev/null) || since=
mkdir -p -- "$output"
"$merlon" layer --all "--output=$output/layers" ${since:+"--base=$since"}
"$merlon" report "--output=$output/report" ${since:+"--base=$since"}
"$merlon" assess --format=html "--output=$output/assessment.html" ${since:+"--since=$since"}
"$merlon" assess --format=markdown "--output=$output/assessment.md" ${since:+"--since=$since"}
[ -z "${GITHUB_OUTPUT:-}" ] || echo "made=true" >> "$GITHUB_OUTPUT"
