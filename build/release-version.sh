#!/usr/bin/env bash
# Says which version a tag releases, and fails where action.yml or the hooks of pre-commit would install another.
set -euo pipefail

tag=${1:?names the tag}
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
if ! [[ $tag =~ ^v([0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?)$ ]]; then
  echo "'$tag' is not of the form v1.2.3" >&2
  exit 1
fi
version=${BASH_REMATCH[1]}
pinned=$(sed -n 's/^    default: "\([0-9][^"]*\)" # the version of this release$/\1/p' action.yml)
hooks=$(grep -o 'Merlon@[^ ]*' .pre-commit-hooks.yaml | sort -u)
if [ "$pinned" != "$version" ] || [ "$hooks" != "Merlon@$version" ]; then
  echo "action.yml installs '$pinned' and .pre-commit-hooks.yaml '$hooks'; write $version into both and tag that commit" >&2
  exit 1
fi
echo "$version"
