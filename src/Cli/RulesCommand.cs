using System.CommandLine;
using Merlon.Core.Diagnostics;
using Merlon.Core.Programs;
using Merlon.Core.Report;
using Merlon.Core.Sources;
using Merlon.Core.Sources.Inventory;

namespace Merlon.Cli;

internal static class RulesCommand
{
    // What stands for standard input.
    private const string Input = "-";

    public static Command Create() => new("rules", "List the rules of all sources, and write down what a SIEM has that a pipeline cannot reach.") { List(), Import() };

    private static Command List()
    {
        FormatOptions format = new("What to read instead of the program's rules: files in one format, or - for standard input.");
        OutputOptions output = new("text", "json", "csv");
        Command command = new("list", "List the rules of all sources, with what each names and whether it runs.");
        format.AddTo(command);
        output.AddTo(command);
        command.SetAction(parsed =>
        {
            var inventory = format.Read(parsed);
            if (inventory.Rules is null)
                return OutputOptions.Refuse(inventory.Diagnostics);
            output.Write(parsed, output.Format(parsed) switch
            {
                "json" => RulesJson.Write(inventory),
                "csv" => RulesText.WriteCsv(inventory),
                _ => RulesText.Write(inventory, output.IsColoured(parsed)),
            });
            Note(inventory, isShown: output.Format(parsed) == "json");
            return ExitCode.Clean;
        });
        return command;
    }

    private static Command Import()
    {
        FormatOptions format = new("Files in one format, or - for standard input.", isRequired: true);
        Option<string?> output = new("--output", "-o") { Description = "Write the inventory to this file instead of standard output.", HelpName = "file" };
        output.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var file }] && OutputOptions.WhyNoFile(file) is { } reason)
                result.AddError(reason);
        });
        Command command = new("import", "Write what a SIEM has as a file to check in: names, states and techniques, no searches. An entry of format 'inventory' reads it.");
        format.AddTo(command);
        command.Add(output);
        command.SetAction(parsed =>
        {
            var inventory = format.Read(parsed);
            TextReport.Write(inventory.Diagnostics, Console.Error, isColoured: false);
            // What could not be read in whole would be checked in as if it were all there is.
            if (inventory.Rules is not { Unreadable.IsEmpty: true } rules || inventory.Diagnostics.Any(finding => finding.Info == InventoryDiagnostics.NoRule))
                return ExitCode.Usage;
            var text = InventoryWriter.Write(rules, inventory.Date);
            if (parsed.GetValue(output) is { } file)
                OutputOptions.WriteFile(file, text);
            else
                Console.Out.Write(text);
            foreach (var count in SourceCount.Of(rules))
                Console.Error.WriteLine(RulesText.Line(count));
            return ExitCode.Clean;
        });
        return command;
    }

    /// <summary>Says on the error stream what was found while reading; only how much, where the output has it.</summary>
    public static void Note(RuleInventory inventory, bool isShown)
    {
        if (!isShown)
            TextReport.Write(inventory.Diagnostics.Where(finding => finding.Severity != Severity.Info && finding.Info.Id.StartsWith("MRL1", StringComparison.Ordinal)), Console.Error, isColoured: false);
        var errors = inventory.Diagnostics.Count(finding => finding.Severity == Severity.Error);
        if (errors > 0)
            Console.Error.WriteLine($"merlon: {errors} {(errors == 1 ? "error" : "errors")} in rules; what cannot be read is not counted, and 'merlon lint' says what it is");
    }

    /// <summary>Files of rules in one format, or the program's own.</summary>
    private sealed class FormatOptions
    {
        private readonly ProgramOptions _program = new(measures: false);
        private readonly Argument<string[]> _paths;
        private readonly Option<string?> _as = new("--as") { Description = $"The format of the files: {Spelling.OneOf([.. RuleFormats.Names])}.", HelpName = "format" };
        private readonly Option<string?> _map = new("--map") { Description = "What the columns or paths mean, for csv, json, yaml and text: a file.", HelpName = "file" };
        private readonly Option<string?> _source = new("--source") { Description = "What outputs call the source; the format otherwise.", HelpName = "name" };
        private readonly Option<string?> _names = new("--names") { Description = "A regular expression: only rules whose name matches.", HelpName = "expression" };
        private readonly Option<string?> _searches = new("--searches") { Description = "Of saved searches: correlation, alerts or all.", HelpName = "which" };
        private readonly Option<bool> _ids = new("--ids-in-names") { Description = "Take technique ids from names and descriptions where a rule has no others." };

        public FormatOptions(string description, bool isRequired = false)
        {
            _paths = new("path") { Description = description, Arity = isRequired ? ArgumentArity.OneOrMore : ArgumentArity.ZeroOrMore };
            _paths.Validators.Add(result =>
            {
                foreach (var token in result.Tokens)
                    if (token.Value != Input && token.Value.StartsWith('-'))
                        result.AddError($"'{token.Value}' is not an option of this command; --help lists them");
                    else if (token.Value != Input && !File.Exists(token.Value))
                        result.AddError(Directory.Exists(token.Value) ? $"'{token.Value}' is a folder; name files" : $"'{token.Value}' does not exist");
            });
        }

        public void AddTo(Command command)
        {
            command.Add(_paths);
            foreach (var option in new Option[] { _as, _map, _source, _names, _searches, _ids })
                command.Add(option);
            _program.AddReleaseTo(command);
            command.Validators.Add(result =>
            {
                var hasPaths = result.GetResult(_paths) is { Tokens.Count: > 0 };
                if (hasPaths && result.GetResult(_as) is null)
                    result.AddError($"say with --as which format the files have: {Spelling.OneOf([.. RuleFormats.Names])}");
                else if (!hasPaths && new Option[] { _as, _map, _source, _names, _searches, _ids }.FirstOrDefault(option => result.GetResult(option) is { Implicit: false }) is { } option)
                    result.AddError($"{option.Name} is about files; name some, or set it in merlon.yml");
            });
        }

        public RuleInventory Read(ParseResult parsed)
        {
            string[] paths = parsed.GetValue(_paths) ?? [];
            var request = _program.Read(parsed);
            if (paths.Length == 0)
                return RuleInventory.Read(request);
            return RuleInventory.Read(request, [.. paths.Select(path => (path == Input ? "stdin" : path.Replace('\\', '/'), (Func<Stream>)(() => Open(path))))], [.. Entry(parsed)]);
        }

        private IEnumerable<(string, string)> Entry(ParseResult parsed)
        {
            yield return ("format", parsed.GetValue(_as)!); // validated
            foreach (var (key, option) in new[] { ("map", _map), ("source", _source), ("names", _names), ("searches", _searches) })
                if (parsed.GetValue(option) is { } value)
                    yield return (key, value);
            if (parsed.GetValue(_ids))
                yield return ("idsInNames", "true");
        }

        // What comes through a pipe has no length and no second reading.
        private static Stream Open(string path) => path == Input ? Console.OpenStandardInput() : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 16, FileOptions.SequentialScan);
    }
}
