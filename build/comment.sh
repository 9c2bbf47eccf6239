#!/usr/bin/env bash
# Puts the page that a run for a pull request left as an artifact into a comment of that pull request: one comment, which later runs replace.
# It runs with a token that may write, after a run that may have been a stranger's: of that run nothing is checked out, executed or believed.
# The pull request is the one that GitHub itself has for the commit, and the page is neutral.jq's before anybody sees it.
#
#   GITHUB_REPOSITORY, GITHUB_SERVER_URL   as GitHub sets them; GH_TOKEN is gh's
#   RUN_ID, HEAD_SHA, HEAD_REPOSITORY, HEAD_OWNER, HEAD_BRANCH   the run, as the event workflow_run has it
set -euo pipefail

artifact=merlon-comment
largest_artifact=1048576 # bytes
largest_page=262144      # bytes
marker='<!-- merlon -->'
author='github-actions[bot]'
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT

fail() { echo "$1" >&2; exit 1; }
leave() { echo "no comment: $1"; exit 0; }

repository=${GITHUB_REPOSITORY:?} run=${RUN_ID:?} sha=${HEAD_SHA:?}
[[ $run =~ ^[0-9]{1,20}$ ]] || fail "RUN_ID is no number"
[[ $sha =~ ^[0-9a-f]{40}$ ]] || fail "HEAD_SHA is no commit"
# A fork that is gone has no name any more.
if [ -z "${HEAD_REPOSITORY:-}" ] || [ -z "${HEAD_OWNER:-}" ] || [ -z "${HEAD_BRANCH:-}" ]; then
  leave "the branch of the pull request is gone"
fi

# workflow_run.pull_requests is empty for forks. The branch's name is a stranger's, so it is sent as a field.
gh api --method GET "repos/$repository/pulls" -f state=open -f per_page=100 -f "head=$HEAD_OWNER:$HEAD_BRANCH" > "$work/pulls.json"
numbers=$(jq --raw-output --arg sha "$sha" --arg head "$HEAD_REPOSITORY" '.[] | select(.head.sha == $sha and .head.repo.full_name == $head) | .number' "$work/pulls.json")
[ -n "$numbers" ] || leave "no open pull request ends with $sha"
[[ $numbers =~ ^[0-9]{1,10}$ ]] || leave "several pull requests end with $sha, and the run does not say for which it was"

# Of a run that was tried again, the last one's.
gh api --method GET "repos/$repository/actions/runs/$run/artifacts" -f "name=$artifact" -f per_page=100 > "$work/artifacts.json"
found=$(jq --raw-output --arg name "$artifact" '[.artifacts[] | select(.name == $name and (.expired | not))] | max_by(.id) // empty | "\(.id) \(.size_in_bytes)"' "$work/artifacts.json")
[ -n "$found" ] || leave "the run left no $artifact"
[[ $found =~ ^([0-9]{1,20})\ ([0-9]{1,20})$ ]] || fail "the artifact has no id and size"
id=${BASH_REMATCH[1]} size=${BASH_REMATCH[2]}
[ "$size" -le "$largest_artifact" ] || fail "the artifact has $size bytes, and $largest_artifact are allowed"
gh api "repos/$repository/actions/artifacts/$id/zip" > "$work/page.zip"

# Only this one file is read, whatever else the archive names, and no further than the limit.
{ unzip -p "$work/page.zip" merlon.md < /dev/null || true; } | head -c "$largest_page" > "$work/page.md"
[ -s "$work/page.md" ] || fail "the artifact has no merlon.md"
jq --raw-input --slurp --raw-output --from-file "$here/neutral.jq" "$work/page.md" > "$work/safe.md"

{
  printf '%s\n' "$marker"
  printf '_Written by [a run](%s/%s/actions/runs/%s) of the code of this pull request itself, at %s. Nobody has checked what it says._\n\n' \
    "${GITHUB_SERVER_URL:-https://github.com}" "$repository" "$run" "$sha"
  cat -- "$work/safe.md"
} > "$work/comment.md"
jq --null-input --rawfile body "$work/comment.md" '{ body: $body }' > "$work/body.json"

gh api --paginate "repos/$repository/issues/$numbers/comments?per_page=100" > "$work/comments.json"
# A marker can be copied, the author cannot.
comment=$(jq --slurp --raw-output --arg author "$author" --arg marker "$marker" \
  '[.[][] | select(.user.login == $author and .user.type == "Bot" and (.body | startswith($marker)))] | first // empty | .id' "$work/comments.json")
if [ -z "$comment" ]; then
  gh api --method POST "repos/$repository/issues/$numbers/comments" --input "$work/body.json" > /dev/null
else
  [[ $comment =~ ^[0-9]{1,20}$ ]] || fail "the comment has no id"
  gh api --method PATCH "repos/$repository/issues/comments/$comment" --input "$work/body.json" > /dev/null
fi
echo "pull request $numbers has its comment"
