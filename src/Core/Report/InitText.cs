using System.Globalization;
using System.Text;
using Merlon.Core.Diagnostics;
using Merlon.Core.Programs;
using Merlon.Core.Programs.Init;
using Merlon.Core.Sources;

namespace Merlon.Core.Report;

/// <summary>What <c>merlon init</c> says to somebody who begins.</summary>
internal static class InitText
{
    /// <param name="shows">Whether nothing is written: then the texts of the files follow.</param>
    public static string Write(InitPlan plan, bool shows)
    {
        StringBuilder text = new();
        foreach (var pattern in plan.Layout?.Patterns.Where(pattern => !pattern.IsExclusion) ?? [])
            Line(text, $"found {Count(pattern.Rules, "rule", "rules")} in {Count(pattern.Files, "file", "files")}: {Printable.Text(pattern.Text)}{(pattern.Format is SigmaSource ? "" : $" ({pattern.Format.Name})")}");
        foreach (var file in plan.Files)
            Line(text, $"{Word(file.State, shows)} {Printable.Text(file.Path)}{(file.Remark is { } remark ? $": {Printable.Text(remark)}" : "")}");
        foreach (var note in plan.Notes)
            Line(text, $"note: {Printable.Text(note)}");
        if (!plan.Writes)
            Line(text, "nothing to write: all is there");
        else if (shows)
            foreach (var file in plan.Files.Where(file => file.State != InitState.Kept))
                text.Append(CultureInfo.InvariantCulture, $"\n--- {Printable.Text(file.Path)}\n{Printable.Lines(file.Text)}");
        return text.ToString();
    }

    /// <summary>What a check says of all that is there now, and what comes next.</summary>
    public static string Next(InitPlan plan, CheckResult check, bool hasBaseline)
    {
        StringBuilder text = new();
        text.Append('\n');
        foreach (var line in check.Lines)
            Line(text, Printable.Text(line));
        var errors = check.Reported.Count(diagnostic => diagnostic.Severity == Severity.Error);
        Line(text, $"'merlon check' says: {Count(errors, "error", "errors")}, {Count(check.Reported.Count(diagnostic => diagnostic.Severity == Severity.Warning), "warning", "warnings")}");
        text.Append("\nNext:\n");
        if (errors > 0 && !hasBaseline)
            Line(text, $"  merlon check                    shows them; '{FixCommand}' mends what it can, and to let the rest be for now: 'merlon lint --write-baseline {ConfigText.Baseline}', and 'lint: {{ baseline: {ConfigText.Baseline} }}' in merlon.yml");
        else if (hasBaseline && check.Reported.Any(diagnostic => diagnostic is { Info.Id: "MRL5006", Severity: Severity.Error }))
            Line(text, "  merlon check --accept-policy    until this is on the branch that changes are compared with: what a baseline accepts of ATT&CK tags is policy, and somebody has to accept that once");
        else
            Line(text, "  merlon check                    what a pipeline will say");
        Line(text, "  merlon gaps                     what is not detected, in the order of closing it");
        if (plan.Files.FirstOrDefault(file => file.Path.EndsWith(".yml", StringComparison.Ordinal) && file.Path.Contains("actors/", StringComparison.Ordinal) && file.State == InitState.New) is { } profile)
            Line(text, $"  edit {Printable.Text(profile.Path)}: the actors that you expect");
        if (plan.Files.Any(file => file.Path.EndsWith("dotnet-tools.json", StringComparison.Ordinal)))
            Line(text, "  dotnet tool restore             once in each clone; then 'dotnet merlon check' is the version of this repository");
        if (plan.IsGit)
            Line(text, "  git add --all; git commit       and a pull request shows what a change no longer detects");
        return text.ToString();
    }

    private const string FixCommand = "merlon lint --fix";

    private static string Word(InitState state, bool shows) => state switch
    {
        InitState.Kept => "left",
        InitState.New => shows ? "would write" : "wrote",
        InitState.Changed => shows ? "would add to" : "added to",
        _ => shows ? "would overwrite" : "overwrote",
    };

    private static string Count(int count, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}");

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
