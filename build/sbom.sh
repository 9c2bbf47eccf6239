#!/usr/bin/env bash
# Writes beside each package of a folder what it holds of others, as CycloneDX 1.6: PACKAGE.nupkg.cdx.json. The same packages give the same bytes.
# usage: build/sbom.sh FOLDER; needs jq, unzip, and Merlon.any among the packages, which lists the libraries.
set -euo pipefail
if [ $# -ne 1 ] || [ ! -d "$1" ]; then
  echo "usage: build/sbom.sh FOLDER" >&2
  exit 2
fi
folder=$(cd "$1" && pwd)
cd "$(dirname "$0")/.."
# What is not there stays in the pattern.
any=("$folder"/Merlon.any.*.nupkg)
if [ ${#any[@]} -ne 1 ] || [ ! -f "${any[0]}" ]; then
  echo "build/sbom.sh: $folder holds no Merlon.any, or several" >&2
  exit 2
fi
version=$(basename "${any[0]}" .nupkg)
version=${version#Merlon.any.}
runtime=$(dotnet msbuild src/Cli/Cli.csproj -getProperty:BundledNETCoreAppPackageVersion | tr -d '\r')

# Licences are those of THIRD-PARTY-NOTICES.md.
libraries=$(unzip -p "${any[0]}" tools/net10.0/any/merlon.deps.json | jq --sort-keys '
  {"LibGit2Sharp": "MIT", "YamlDotNet": "MIT", "System.CommandLine": "MIT", "Tomlyn": "BSD-2-Clause"} as $licences
  | [.libraries | to_entries[] | select(.value.type == "package") | (.key | split("/")) as [$name, $version]
    | {
        type: "library", name: $name, version: $version, "bom-ref": "pkg:nuget/\($name)@\($version)", purl: "pkg:nuget/\($name)@\($version)",
        licenses: [{license: (if $licences[$name] then {id: $licences[$name]} else {name: "GPL-2.0 with an exception for linking"} end)}]
      }] | sort_by(.name)')
if [ "$(jq '[.[] | select(.licenses[0].license.name)] | map(.name) == ["LibGit2Sharp.NativeBinaries"]' <<< "$libraries")" != true ]; then
  echo "build/sbom.sh: a library whose licence is not known here" >&2
  exit 1
fi

for package in "$folder"/Merlon*."$version".nupkg; do
  name=$(basename "$package" ".$version.nupkg")
  case $name in
    Merlon) left=LibGit2Sharp,LibGit2Sharp.NativeBinaries,System.CommandLine,Tomlyn,YamlDotNet data=false native= ;;
    Merlon.Tasks) left=System.CommandLine data=true native= ;;
    Merlon.any) left='' data=true native= ;;
    *) left='' data=true native=${name#Merlon.} ;;
  esac
  jq --null-input --sort-keys --arg name "$name" --arg version "$version" --arg left "$left" --arg native "$native" --arg runtime "$runtime" \
    --argjson data "$data" --argjson libraries "$libraries" --arg hash "$(sha256sum "$package" | cut -d' ' -f1)" '
    {
      bomFormat: "CycloneDX", specVersion: "1.6", version: 1,
      metadata: {component: {type: "application", name: $name, version: $version, "bom-ref": "pkg:nuget/\($name)@\($version)", purl: "pkg:nuget/\($name)@\($version)",
        licenses: [{license: {id: "MIT"}}], hashes: [{alg: "SHA-256", content: $hash}]}},
      components: ([$libraries[] | select(.name as $one | $left | split(",") | index($one) | not)]
        + (if $native == "" then [] else ["pkg:nuget/Microsoft.NETCore.App.Runtime.NativeAOT.\($native)@\($runtime)"
          | {type: "framework", name: "Microsoft.NETCore.App.Runtime.NativeAOT.\($native)", version: $runtime, "bom-ref": ., purl: ., licenses: [{license: {id: "MIT"}}]}] end)
        + (if $data then [{type: "data", name: "MITRE ATT&CK", "bom-ref": "MITRE ATT&CK", licenses: [{license: {name: "MITRE ATT&CK terms of use", url: "https://attack.mitre.org/resources/legal-and-branding/terms-of-use/"}}]}] else [] end))
    }
    | .dependencies = [{ref: .metadata.component."bom-ref", dependsOn: [.components[]."bom-ref"]}]' > "$package.cdx.json"
done
