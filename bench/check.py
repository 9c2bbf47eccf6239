#!/usr/bin/env python3
"""Compares 'merlon check' with libyaml, cat and peers on the .yml files below a folder; see README.md."""
import argparse
import pathlib
import re
import shutil
import sys
import tempfile
import uuid

from rounds import HERE, make, measure


def publish(out, *options):
    make("dotnet", "publish", HERE.parent / "src/Cli", "-c", "Release", "-r", "linux-x64", "-o", out, *options)
    return out / "merlon"


def copy(folder, to, times):
    """Every rule so many times, each with an id and a title of its own."""
    for source in sorted(folder.rglob("*.yml")):
        text = source.read_text(encoding="utf-8")
        for number in range(times):
            target = to / str(number) / source.relative_to(folder).with_stem(f"{source.stem}_{number}")
            target.parent.mkdir(parents=True, exist_ok=True)
            own = re.sub(r"^id: .*$", lambda _: f"id: {uuid.uuid5(uuid.NAMESPACE_URL, f'{source.name}/{number}')}", text, flags=re.M)
            target.write_text(re.sub(r"^title: (.*)$", rf"title: \1 {number}", own, count=1, flags=re.M), encoding="utf-8")


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=pathlib.Path)
    arguments.add_argument("--rounds", type=int, default=9)
    arguments.add_argument("--times", type=int, default=1, help="measure so many copies of each rule")
    arguments.add_argument("--native", type=pathlib.Path, help="a native tool, instead of publishing one")
    arguments.add_argument("--ready", type=pathlib.Path, help="a ReadyToRun tool, instead of publishing one")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        work = pathlib.Path(temporary)
        rules = work / "repository/rules"
        rules.parent.mkdir()
        if given.times == 1:
            shutil.copytree(given.folder, rules)
        else:
            copy(given.folder, rules, given.times)
        make("gcc", "-O2", "-o", work / "libyaml", HERE / "libyaml.c", "-lyaml")
        native = given.native.resolve() if given.native else publish(work / "native", "-p:PublishAot=true")
        ready = given.ready.resolve() if given.ready else publish(work / "ready", "-p:PublishReadyToRun=true", "--self-contained", "false")
        check = ["check", "--date", "2026-11-24"]
        commands = {
            "cat": ["sh", "-c", "find rules -type f -name '*.yml' -print0 | xargs -0 cat >/dev/null"],
            "libyaml": [work / "libyaml", "rules"],
            "native": [native, *check, "--no-cache"],
            "native, cache": [native, *check, "--cache", work / "native.rules"],
            "ReadyToRun": [ready, *check, "--no-cache"],
            "ReadyToRun, cache": [ready, *check, "--cache", work / "ready.rules"],
        }
        if shutil.which("sigma"):
            commands["sigma-cli"] = ["sigma", "check", "rules"]
        medians = measure(commands, given.rounds, rules.parent, allowed=(0, 1))
    print(f"{given.rounds} rounds, medians\n")
    print("| program | wall ms | CPU ms | peak MB | wall / libyaml | CPU / libyaml |\n|---|---:|---:|---:|---:|---:|")
    for name, (wall, cpu, memory) in medians.items():
        print(f"| {name} | {wall:.0f} | {cpu:.0f} | {memory:.0f} | {wall / medians['libyaml'][0]:.2f} | {cpu / medians['libyaml'][1]:.2f} |")


if __name__ == "__main__":
    sys.exit(main())
