#!/usr/bin/env bash
# Makes a git repository whose history adds the .yml files below a folder and then works on them; see README.md.
set -euo pipefail
export LC_ALL=C

if [[ $# -ne 3 || ! -d $2 || ! $3 =~ ^[1-9][0-9]*$ ]]; then
    echo "usage: bench/history.sh OUT RULES_FOLDER COMMITS" >&2
    exit 2
fi
for tool in git python3; do
    if ! command -v "$tool" >/dev/null; then
        echo "bench/history.sh: $tool is missing" >&2
        exit 2
    fi
done
if [[ -e $1 ]]; then
    echo "bench/history.sh: '$1' exists" >&2
    exit 2
fi
git init -q --initial-branch=main -- "$1"

# The same folder gives the same ids: dates and names are fixed, and what is worked on follows from the commit's number.
python3 - "$2" "$3" <<'PY' | git -C "$1" fast-import --quiet
import os, re, sys

folder, commits = sys.argv[1], int(sys.argv[2])
out = sys.stdout.buffer
paths = sorted(os.path.relpath(os.path.join(at, name), folder) for at, _, names in os.walk(folder) for name in names if name.endswith('.yml'))
files, waiting = {}, list(paths)
# Half of the rules are there from the first commit, and the others arrive in the first half of the history.
first = len(waiting) // 2
batch = max(1, -(-(len(waiting) - first) // max(1, commits // 2)))


def read(path):
    with open(os.path.join(folder, path), 'rb') as file:
        return file.read()


def put(path, content):
    files[path] = content
    name = b'rules/' + path.encode()
    out.write(b'M 100644 inline ' + name + b'\ndata %d\n' % len(content) + content + b'\n')


def drop(path):
    del files[path]
    out.write(b'D rules/' + path.encode() + b'\n')


def status(content):
    return re.sub(rb'(?m)^status: .*$', lambda found: b'status: ' + (b'experimental' if b'test' in found[0] else b'test'), content, count=1)


def tags(content):
    return re.sub(rb'(?m)^ *- attack\.t[0-9.]+\r?\n', b'', content, count=1)


def pick(number, turn):
    names = sorted(files)
    return names[(number * 7919 + turn * 104729) % len(names)]


for number in range(commits):
    out.write(b'commit refs/heads/main\ncommitter Bench <bench@example.org> %d +0000\n' % (1704067200 + number * 43200))
    message = b'Commit %d' % number
    out.write(b'data %d\n' % len(message) + message + b'\n')
    take = first if number == 0 else batch
    for path in waiting[:take]:
        put(path, read(path))
    waiting = waiting[take:]
    if number == 0 or not files:
        continue
    for turn in range(3):
        path = pick(number, turn)
        put(path, status(files[path]))
    if number % 3 == 0:
        path = pick(number, 3)
        put(path, tags(files[path]))
    if number % 10 == 0:
        path = pick(number, 4)
        content = files[path]
        drop(path)
        put(path[:-4] + '_%d.yml' % number, content)
    if number % 25 == 0 and len(files) > 1:
        drop(pick(number, 5))
    # Not every commit is about rules.
    if number % 4 == 0:
        out.write(b'M 100644 inline README.md\ndata %d\n' % len(message) + message + b'\n')
    if number % 50 == 0:
        out.write(b'reset refs/tags/v%d\nfrom refs/heads/main\n' % (number // 50))
PY
git -C "$1" reset -q --hard
