using System.CommandLine;
using System.CommandLine.Parsing;
using Merlon.Core.Emulation.Library;
using Merlon.Core.Emulation.Results;
using Merlon.Core.Programs;
using Merlon.Core.Report;

namespace Merlon.Cli;

internal static class EmulateImportCommand
{
    public static Command Create()
    {
        ProgramOptions program = new(measures: false);
        Argument<string[]> logs = new("logs") { Description = "The logs of one exercise: the CSV of Invoke-AtomicRedTeam, ATTiRe 1.1, a report or event log of Caldera.", Arity = ArgumentArity.OneOrMore };
        Option<string> alerts = new("--alerts") { Description = "The alerts, from as long before the exercise as it lasted: JSON lines or CSV.", HelpName = "file", Required = true };
        Option<AlertColumns?> columns = new("--columns")
        {
            Description = $"What the columns are called: time=_time,rule=search_name,host=dest. The names are {string.Join(", ", AlertColumns.Names)}.",
            HelpName = "map",
            CustomParser = result =>
            {
                if (AlertColumns.TryParse(result.Tokens[0].Value, out var error) is { } map)
                    return map;
                result.AddError(error!); // one of the two
                return null;
            },
        };
        Option<string?> exercise = new("--exercise") { Description = "The name of the exercise; that of the file of records, or of the log, otherwise.", HelpName = "name" };
        Option<string[]> aliases = new("--host-alias") { Description = "What a host is called in records and reports: HOST=ALIAS. Others are host-1, host-2 in the order of their first tests.", HelpName = "host=alias" };
        Option<string?> atomics = new("--atomics") { Description = "A checkout of Atomic Red Team, or its index.csv: how many tests a technique has.", HelpName = "path" };
        Option<string?> output = new("--output", "-o") { Description = "Write the records to this file instead of standard output.", HelpName = "file" };
        Option<string?> report = new("--report") { Description = "Write a page of Markdown to this file, too.", HelpName = "file" };
        Option<string?> junit = new("--junit") { Description = "Write a JUnit report to this file, too.", HelpName = "file" };
        Option<bool> force = new("--force") { Description = "Overwrite the file of records." };
        logs.Validators.Add(MustBeFile);
        alerts.Validators.Add(MustBeFile);
        atomics.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var path }] && !Path.Exists(path))
                result.AddError($"'{path}' does not exist");
        });
        aliases.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
                if (TryParseAlias(token.Value) is null)
                    result.AddError($"'{token.Value}' is not of the form HOST=ALIAS");
        });
        foreach (var file in new[] { output, report, junit })
            file.Validators.Add(result =>
            {
                if (result.Tokens is [{ Value: var name }] && OutputOptions.WhyNoFile(name) is { } reason)
                    result.AddError(reason);
            });
        Command command = new("import", "Bring the log of an exercise and the alerts that came together: records of what is validated, and a report.") { logs, alerts, columns, exercise, aliases, atomics, output, report, junit, force };
        program.AddReleaseTo(command);
        command.Validators.Add(result =>
        {
            string[] written = [.. new[] { output, report, junit }.Select(result.GetValue).OfType<string>().Where(path => !IsDevice(path)).Select(Path.GetFullPath)];
            string[] read = [.. (result.GetValue(logs) ?? []).Concat([result.GetValue(alerts), result.GetValue(atomics)]).OfType<string>().Select(Path.GetFullPath)];
            if (written.Concat(read.Distinct(StringComparer.Ordinal)).GroupBy(path => path, StringComparer.Ordinal).FirstOrDefault(same => written.Contains(same.Key) && same.Count() > 1) is { Key: var twice })
                result.AddError($"'{twice}' is named twice; what is written needs a file of its own");
        });
        command.SetAction(parsed =>
        {
            var records = parsed.GetValue(output);
            if (records is not null && Path.Exists(records) && !parsed.GetValue(force) && !IsDevice(records))
            {
                Console.Error.WriteLine($"merlon: '{records}' exists, and somebody may have edited it; --force overwrites it");
                return ExitCode.Usage;
            }
            var paths = parsed.GetValue(logs)!; // required
            var result = EmulateImportRun.Run(program.Read(parsed), new()
            {
                Logs = [.. paths],
                Alerts = parsed.GetValue(alerts)!, // required
                Columns = parsed.GetValue(columns) ?? AlertColumns.Default,
                Aliases = [.. (parsed.GetValue(aliases) ?? []).Select(TryParseAlias).OfType<(string, string)>()],
                Library = parsed.GetValue(atomics) is { } library ? new(LibraryKind.AtomicRedTeam, Path.GetFullPath(library), library) : null,
                Name = parsed.GetValue(exercise) ?? Path.GetFileNameWithoutExtension(records ?? paths[0]),
            });
            TextReport.Write(result.Diagnostics, Console.Error, isColoured: false);
            if (result.Exercise is not { } shown)
                return ExitCode.Usage;
            if (records is null)
                Console.Out.Write(RecordWriter.Write(shown));
            else
                OutputOptions.WriteFile(records, RecordWriter.Write(shown));
            if (parsed.GetValue(report) is { } page)
                OutputOptions.WriteFile(page, ExerciseMarkdown.Write(shown, result.NameOf));
            if (parsed.GetValue(junit) is { } xml)
                OutputOptions.WriteFile(xml, ExerciseJUnit.Write(shown));
            Console.Error.Write($"{ExerciseMarkdown.Summary(shown)}\n{string.Concat(shown.Techniques.Select(technique => $"  {ExerciseMarkdown.Procedures(technique)}\n"))}");
            return ExitCode.Clean;
        });
        return command;
    }

    private static bool IsDevice(string path) => path.StartsWith("/dev/", StringComparison.Ordinal);

    private static void MustBeFile(SymbolResult result)
    {
        foreach (var token in result.Tokens)
            if (token.Value.StartsWith('-'))
                result.AddError($"'{token.Value}' is not an option of this command; --help lists them");
            else if (!File.Exists(token.Value))
                result.AddError($"'{token.Value}' is not a file");
    }

    private static (string Host, string Alias)? TryParseAlias(string text) =>
        text.LastIndexOf('=') is > 0 and var equals && equals < text.Length - 1 ? (text[..equals], text[(equals + 1)..]) : null;
}
