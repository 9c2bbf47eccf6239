#!/usr/bin/env bash
# Packs what this system can make: Merlon.Tasks; of the tool the package that points to the others, the native one of this system, and the
# one that runs wherever .NET does. usage: build/pack.sh FOLDER [VERSION]; without VERSION it is that of the last tag (docs/packages.md).
set -euo pipefail
if [ $# -lt 1 ] || [ $# -gt 2 ] || [[ $1 == -* ]]; then
  echo "usage: build/pack.sh FOLDER [VERSION]" >&2
  exit 2
fi
mkdir -p "$1"
out=$(cd "$1" && pwd)
cd "$(dirname "$0")/.."
export DOTNET_CLI_UI_LANGUAGE=en MSBUILDTERMINALLOGGER=off

# The analyzers run in a build. Its own folder for what is made on the way: a restore for one system would change that of the next build.
options=(-c Release -o "$out" --artifacts-path "$PWD/artifacts/pack" -v:q -p:ContinuousIntegrationBuild=true -p:RunAnalyzers=false)
if [ $# -eq 2 ]; then
  options+=("-p:Version=$2")
fi

# A package holds all that lies in the folder of what is published.
rm -rf artifacts/pack/publish

system=$(dotnet --info | tr -d '\r' | awk '$1 == "RID:" { print $2 }')
native=
case $system in
  linux-x64)
    if command -v clang gcc > /dev/null 2>&1; then
      native=$system
    fi
    ;;
  win-x64 | osx-arm64) native=$system ;;
esac

dotnet pack src/Tasks "${options[@]}"
dotnet pack src/Cli "${options[@]}"
dotnet pack src/Cli -r any "${options[@]}"
if [ -n "$native" ]; then
  dotnet pack src/Cli -r "$native" "${options[@]}"
else
  echo "no native tool: it is made on linux-x64 with a C compiler, win-x64 and osx-arm64, and this is $system" >&2
fi
ls -l "$out"
