#!/usr/bin/env python3
"""Compares 'dotnet build' of a project of rules with the same build without Merlon; see README.md."""
import argparse
import itertools
import pathlib
import re
import shutil
import sys
import tempfile
import zipfile

from rounds import HERE, make, measure

PROJECT = """<Project DefaultTargets="Build">
  <Import Project="{0}/Sdk/Sdk.props" />
  <Import Project="{0}/Sdk/Sdk.targets" />
</Project>
"""


def unpack(work):
    make("bash", HERE.parent / "build/pack.sh", work / "feed", "0.0.0-bench")
    with zipfile.ZipFile(work / "feed/Merlon.Tasks.0.0.0-bench.nupkg") as package:
        package.extractall(work / "package")
    return work / "package"


def lay_out(folder, rules, limit):
    files = sorted(folder.rglob("*.yml"))
    for source in files[:: max(1, len(files) // limit)][:limit] if limit else files:
        target = rules / source.relative_to(folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=pathlib.Path)
    arguments.add_argument("--rounds", type=int, default=9)
    arguments.add_argument("--package", type=pathlib.Path, help="an unpacked Merlon.Tasks, instead of packing one")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        work = pathlib.Path(temporary)
        package = given.package.resolve() if given.package else unpack(work)
        print(f"{given.rounds} rounds, medians\n\n| rules | build | wall ms | more than off |\n|---:|---|---:|---:|")
        for limit in (500, None):
            root = work / f"{limit}"
            lay_out(given.folder, root / "rules", limit)
            (root / "merlon.yml").write_text("gate: { regression: off, policy: head }\n")
            (root / "detections.proj").write_text(PROJECT.format(package))
            rule = next(path for path in sorted((root / "rules").rglob("*.yml")) if re.search(r"^title: ", path.read_text(), re.M))
            text, numbers = rule.read_text(), itertools.count()
            build = ["dotnet", "build", "detections.proj", "--no-restore", "-nodeReuse:false", "-p:MerlonDate=2026-11-24"]

            def change():
                rule.write_text(re.sub(r"^(title: .*)$", rf"\1 {next(numbers)}", text, count=1, flags=re.M))

            medians = measure(
                {
                    "off": [*build, "-p:MerlonCheck=false"],
                    "first after a clean": (lambda: shutil.rmtree(root / "obj", ignore_errors=True), build),
                    "nothing changed": build,
                    "one rule changed": (change, build),
                },
                given.rounds, root, allowed=(0, 1))
            for name, (wall, _, _) in medians.items():
                print(f"| {len(list((root / 'rules').rglob('*.yml')))} | {name} | {wall:.0f} | {wall - medians['off'][0]:+.0f} |")


if __name__ == "__main__":
    sys.exit(main())
