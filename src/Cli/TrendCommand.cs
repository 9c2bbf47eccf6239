using System.CommandLine;
using System.Globalization;
using Merlon.Core.Diagnostics;
using Merlon.Core.Programs;
using Merlon.Core.Report;

namespace Merlon.Cli;

internal static class TrendCommand
{
    public static Command Create()
    {
        ProgramOptions program = new();
        ComparisonOptions comparison = new(judges: false);
        OutputOptions output = new("text", "csv", "json", "svg");
        Argument<string?> revision = new("revision") { Description = "The newest commit; HEAD otherwise. Of a merge its first parent is followed.", Arity = ArgumentArity.ZeroOrOne };
        Option<bool> tags = new("--tags") { Description = "A point for each tag, by date; with a revision, for those that it contains." };
        Option<DateOnly?> since = new("--since")
        {
            Description = "From this UTC day on.",
            HelpName = "yyyy-mm-dd",
            CustomParser = result =>
        {
            if (DateOnly.TryParseExact(result.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                return day;
            result.AddError($"'{result.Tokens[0].Value}' is not a day of the form 2026-11-24");
            return null;
        }
        };
        Option<int?> max = new("--max") { Description = $"At most so many of the newest commits or tags; {TrendOptions.DefaultMax} otherwise, or all with --since.", HelpName = "number" };
        max.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) && number < 1)
                result.AddError($"'{text}' is not a number from 1");
        });
        Option<string> definition = new("--definition") { Description = "What measures a commit: today (the merlon.yml, profiles and ATT&CK release of the working tree, for all) or own (the commit's). Exclusions hold or not as on one day, that of --date, in both.", HelpName = "whose", DefaultValueFactory = _ => "today" };
        definition.AcceptOnlyFromAmong("today", "own");
        Option<bool> isPrivate = new("--private") { Description = "In SVG, show actors by name whose TLP is amber or red." };
        Command command = new("trend", "Show how coverage of each actor came about, commit by commit or tag by tag.") { revision, tags, since, max, definition, isPrivate };
        program.AddTo(command);
        comparison.AddTo(command);
        output.AddTo(command);
        command.SetAction(parsed =>
        {
            TrendOptions options = new()
            {
                Revision = parsed.GetValue(revision),
                ByTags = parsed.GetValue(tags),
                Since = parsed.GetValue(since),
                Max = parsed.GetValue(max),
                IsOwn = parsed.GetValue(definition) == "own",
            };
            var result = TrendRun.Run(program.Read(parsed) with { Base = comparison.Read(parsed), Progress = ReadingProgress.Create("history") }, options);
            if (result.Trend is not { } trend)
                return OutputOptions.Refuse(result.Diagnostics);
            output.Write(parsed, output.Format(parsed) switch
            {
                "csv" => TrendCsv.Write(trend),
                "json" => TrendJson.Write(trend),
                "svg" => TrendSvg.Write(trend, parsed.GetValue(isPrivate)),
                _ => TrendText.Write(trend, output.IsColoured(parsed)),
            });
            foreach (var notice in result.Notices)
                ComparisonOptions.Note(notice);
            var errors = result.Diagnostics.Count(diagnostic => diagnostic.Severity == Severity.Error);
            if (errors > 0)
                ComparisonOptions.Note($"{errors} {(errors == 1 ? "error" : "errors")} in profiles; what cannot be read is not counted, and 'merlon check' says what it is");
            return ExitCode.Clean;
        });
        return command;
    }
}
