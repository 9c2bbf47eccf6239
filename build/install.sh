#!/usr/bin/env bash
# Installs one version of the tool into a folder of its own, for a step of a pipeline. What is checked out has no say in it: no nuget.config,
# no global.json and no tool manifest of the repository is read, or a pull request could bring its own merlon.
#
#   MERLON_VERSION   the version, 1.2.3
#   MERLON_SOURCE    the package source, an address or a folder; nuget.org otherwise
#   MERLON_TOOL      the folder, which is made anew
set -euo pipefail

version=${MERLON_VERSION:?says which version}
source=${MERLON_SOURCE:-https://api.nuget.org/v3/index.json}
tool=${MERLON_TOOL:?says where to}
if ! [[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$ ]]; then
  echo "the version '$version' is not of the form 1.2.3" >&2
  exit 2
fi
if ! [[ $source =~ ^(https://|/|[A-Za-z]:)[^\"\<\>\&]*$ ]]; then
  echo "the source '$source' is neither an address that begins with https:// nor the full path of a folder" >&2
  exit 2
fi

# A version is a request, "at least", unless it stands in brackets.
empty=$(mktemp -d)
trap 'rm -rf -- "$empty"' EXIT
cd -- "$empty"
cat > nuget.config << XML
<?xml version="1.0" encoding="utf-8"?>
<configuration>
  <packageSources>
    <clear />
    <add key="merlon" value="$source" />
  </packageSources>
</configuration>
XML
rm -rf -- "$tool"
dotnet tool install Merlon --version "[$version]" --tool-path "$tool" --configfile nuget.config
