using System.CommandLine;
using Merlon.Core.Configuration;
using Merlon.Core.Programs;
using Merlon.Core.Report;

namespace Merlon.Cli;

internal static class CheckCommand
{
    public static Command Create()
    {
        ProgramOptions program = new();
        ComparisonOptions comparison = new();
        OutputOptions output = new([.. FindingFormats.Names]);
        CacheOptions cache = new();
        PublishOptions publish = new();
        Option<bool> all = new("--all") { Description = "Every merlon.yml of the repository, one after another; exits with the worst." };
        Command command = new("check", "Check rules and profiles, measure coverage and apply the floors.") { all };
        program.AddTo(command);
        comparison.AddTo(command);
        publish.AddTo(command);
        cache.AddTo(command);
        output.AddTo(command);
        command.SetAction(parsed =>
        {
            var request = program.Read(parsed) with { Base = comparison.Read(parsed) };
            return parsed.GetValue(all) ? RunAll(parsed, output, publish, cache, request) : Run(parsed, output, publish, cache.Add(parsed, request));
        });
        return command;
    }

    private static int Run(ParseResult parsed, OutputOptions output, PublishOptions publish, CheckRequest request)
    {
        var result = Check.Run(request);
        ComparisonOptions.Note(result.Notice);
        if (output.Format(parsed) != "json" && !result.IsUsable)
            return OutputOptions.Refuse(result.Diagnostics);
        publish.WriteStepSummary(parsed, result);
        output.Write(parsed, Text(parsed, output, publish, result));
        return CodeOf(result);
    }

    // One output for all: text under each program's name, a JSON array, or the findings of all together.
    private static int RunAll(ParseResult parsed, OutputOptions output, PublishOptions publish, CacheOptions cache, CheckRequest request)
    {
        var programs = AllPrograms.Find(request);
        if (programs is { Configs: [], Removed: [] })
        {
            Console.Error.WriteLine($"merlon: the repository has no {ConfigurationReader.FileName}");
            return ExitCode.Usage;
        }
        var results = programs.Configs.Select(config => (Config: config, Result: Check.Run(cache.Add(parsed, request with { Config = programs.FullPath(config) })))).Concat(programs.Gone).ToArray();
        foreach (var (_, result) in results)
            publish.WriteStepSummary(parsed, result);
        ComparisonOptions.Note(results.Select(one => one.Result.Notice).FirstOrDefault(notice => notice is not null));
        output.Write(parsed, Common(parsed, output, publish, [.. results.Select(one => one.Result)]) ?? string.Join('\n', results.Select(one => $"{one.Config}\n{Text(parsed, output, publish, one.Result)}")));
        return results.Max(one => CodeOf(one.Result));
    }

    private static string Text(ParseResult parsed, OutputOptions output, PublishOptions publish, CheckResult result) => output.Format(parsed) switch
    {
        "json" => CheckJson.Write(result),
        "text" => CheckText.Write(result, output.IsColoured(parsed)),
        var format => FindingFormats.Write(format, publish.IsPrivate(parsed), result)!, // the option takes only what it knows
    };

    private static string? Common(ParseResult parsed, OutputOptions output, PublishOptions publish, CheckResult[] results) => output.Format(parsed) switch
    {
        "json" => $"[\n{string.Join(",\n", results.Select(result => CheckJson.Write(result).TrimEnd()))}\n]\n",
        var format => FindingFormats.Write(format, publish.IsPrivate(parsed), results),
    };

    private static int CodeOf(CheckResult result) => result is { IsUsable: false, IsGone: false } ? ExitCode.Usage : result.HasErrors ? ExitCode.Findings : ExitCode.Clean;
}
