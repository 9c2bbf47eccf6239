"""Runs whole processes in turn, so that a machine's noise is spread over all of them, and prints medians."""
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ENVIRONMENT = os.environ | {"LC_ALL": "C", "DOTNET_CLI_TELEMETRY_OPTOUT": "1", "DOTNET_NOLOGO": "1", "DOTNET_CLI_USE_MSBUILD_SERVER": "0", "MSBUILDTERMINALLOGGER": "off"}


def make(*command, cwd=None):
    """A preparation that must succeed; its output is shown when it does not."""
    ended = subprocess.run(command, cwd=cwd, env=ENVIRONMENT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if ended.returncode:
        sys.exit(f"{' '.join(map(str, command))} ended with {ended.returncode}\n{ended.stdout}")


def once(command, cwd, allowed):
    """Wall and CPU in milliseconds and peak memory in MB of a process with its children. Other exit codes than those allowed end the measurement."""
    with tempfile.TemporaryFile() as output:
        begun = time.perf_counter()
        process = subprocess.Popen(command, cwd=cwd, env=ENVIRONMENT, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in allowed:
            output.seek(0)
            sys.exit(f"{' '.join(map(str, command))} ended with {process.returncode}\n{output.read().decode(errors='replace')}")
    return wall * 1000, (used.ru_utime + used.ru_stime) * 1000, used.ru_maxrss / 1024


def measure(commands, rounds, cwd, allowed=(0,)):
    """commands: by name, a command line, or a pair of a function that prepares each run and a command line."""
    taken = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            prepare, line = command if isinstance(command, tuple) else (None, command)
            if prepare:
                prepare()
            run = once(line, cwd, allowed)
            # The first round only warms up.
            if number:
                taken[name].append(run)
    return {name: [statistics.median(values) for values in zip(*runs)] for name, runs in taken.items()}
