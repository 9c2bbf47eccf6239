using System.Text;
using Merlon.Core.Emulation.Library;
using Merlon.Core.Emulation.Plan;

namespace Merlon.Core.Report;

/// <summary>
/// A plan's tests of Atomic Red Team as one PowerShell script, which somebody runs with Invoke-AtomicRedTeam on a host of the exercise. A test's id and
/// technique are written from their parsed values; its name is the only text of a stranger in it.
/// </summary>
internal static class EmulationScript
{
    // One file for each test: the logger replaces 'timestamp' by the time, and an older one writes over a file that is there.
    private const string Head = """
        #Requires -Version 5.1
        [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')]
        param(
            # check: what each test needs. run: the tests. clean: what they left, the last one first.
            [Parameter(Mandatory)] [ValidateSet('check', 'run', 'clean')] [string] $Phase,
            # The folder 'atomics' that the plan was made from.
            [Parameter(Mandatory)] [string] $AtomicsPath,
            # A folder for the logs of 'run', one ATTiRe file for each test.
            [string] $LogPath = (Join-Path $PSScriptRoot 'logs'),
            [ValidateRange(1, 86400)] [int] $TimeoutSeconds = 120,
            # Between two tests of 'run': alerts are told apart by their time.
            [ValidateRange(0, 86400)] [int] $PauseSeconds = 60
        )
        Set-StrictMode -Version 3.0
        $ErrorActionPreference = 'Stop'
        if (-not (Get-Command -Name 'Invoke-AtomicTest' -ErrorAction SilentlyContinue)) {
            throw 'Invoke-AtomicTest is not there: install and import the module Invoke-AtomicRedTeam'
        }
        if (-not (Test-Path -LiteralPath $AtomicsPath -PathType Container)) {
            throw "'$AtomicsPath' is not a folder"
        }

        $tests = @(

        """;

    private const string Foot = """
        )
        if ($Phase -eq 'run') {
            if (-not $PSCmdlet.ShouldProcess([Environment]::MachineName, "Run $($tests.Count) emulation tests")) {
                return
            }
            $null = New-Item -ItemType Directory -Path $LogPath -Force
        }
        if ($Phase -eq 'clean') {
            [array]::Reverse($tests)
        }
        for ($i = 0; $i -lt $tests.Count; $i++) {
            $test = $tests[$i]
            if ($i -gt 0 -and $Phase -eq 'run') {
                Start-Sleep -Seconds $PauseSeconds
            }
            Write-Host "[$($i + 1)/$($tests.Count)] $Phase $($test.Technique) $($test.Name)"
            $common = @{ AtomicTechnique = $test.Technique; TestGuids = $test.Guid; PathToAtomicsFolder = $AtomicsPath; Confirm = $false }
            try {
                switch ($Phase) {
                    'check' { Invoke-AtomicTest @common -CheckPrereqs }
                    'run' {
                        $log = Join-Path $LogPath "timestamp-$($test.Guid).json"
                        Invoke-AtomicTest @common -LoggingModule 'Attire-ExecutionLogger' -ExecutionLogPath $log -TimeoutSeconds $TimeoutSeconds
                    }
                    'clean' { Invoke-AtomicTest @common -Cleanup -TimeoutSeconds $TimeoutSeconds }
                }
            }
            catch {
                Write-Warning "$($test.Technique) $($test.Guid): $_"
            }
        }

        """;

    /// <param name="program">The name of the program.</param>
    public static string Write(EmulationPlan plan, string program)
    {
        StringBuilder text = new();
        text.Append($"# Emulation plan of {PowerShellText.Comment(program)}, written by Merlon {JsonReport.Version}: tests of Atomic Red Team.\n");
        text.Append("# It attacks the host that it runs on. Run it only where you are allowed to, phase by phase: check, run, clean.\n");
        text.Append(Head.ReplaceLineEndings("\n"));
        foreach (var test in plan.Of(LibraryKind.AtomicRedTeam))
            // A test of this library has a GUID. Its technique is the one whose file has it.
            text.Append($"    @{{ Technique = '{test.Test.Technique}'; Guid = '{test.Test.Guid:D}'; Name = {PowerShellText.Literal(test.Test.Name)} }}\n");
        text.Append(Foot.ReplaceLineEndings("\n"));
        return text.ToString();
    }
}
