using System.CommandLine;
using System.Reflection;
using Merlon.Cli.Completion;
using Merlon.Core.Configuration;
using Merlon.Core.Diagnostics;
using Merlon.Core.Programs;
using Merlon.Core.Programs.Init;
using Merlon.Core.Report;
using Merlon.Core.Yaml;

namespace Merlon.Cli;

internal static class InitCommand
{
    public static Command Create()
    {
        Option<string[]> actors = new("--actor", "--actors") { Description = "Whom to measure first: groups, software or campaigns of ATT&CK by name, alias or id, with commas between them. Without it, where there is no profile, the group of which the rules name most techniques.", HelpName = "names", AllowMultipleArgumentsPerToken = false };
        actors.CompletionSources.Add(_ => CompletionValues.Actors());
        Option<string?> pipeline = new("--pipeline") { Description = $"The service that runs checks: {Spelling.OneOf(Pipelines.Names)}. Without it, what the repository's files and its remote say.", HelpName = "service" };
        pipeline.AcceptOnlyFromAmong([.. Pipelines.Names]);
        Option<bool> baseline = new("--baseline") { Description = $"Accept what is found in the rules today: write {ConfigText.Baseline}, so that only new findings fail." };
        Option<bool> example = new("--example") { Description = "Write a rule with its tests, too, to begin a repository with." };
        Option<bool> dryRun = new("--dry-run") { Description = "Show what would be written, and write nothing." };
        Option<bool> force = new("--force") { Description = "Write files anew that are there already." };
        Option<FileInfo> from = new("--from") { Description = "Write nothing but a merlon.yml that asks for what this validation configuration of sigma-cli asks for.", HelpName = "file" };
        from.AcceptExistingOnly();
        Option<string> output = new("--output", "-o") { Description = "With --from: the file to write.", DefaultValueFactory = _ => ConfigurationReader.FileName, HelpName = "file" };
        output.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } file && OutputOptions.WhyNoFile(file) is { } reason)
                result.AddError(reason);
        });
        Command command = new("init", "Begin in a repository of rules: find the rules, and write merlon.yml, a profile, a project, a tool manifest and a pipeline.") { actors, pipeline, baseline, example, dryRun, force, from, output };
        command.Validators.Add(result =>
        {
            if (result.GetResult(output) is { Implicit: false } && result.GetResult(from) is null)
                result.AddError("--output names the file of --from; without it init writes in this folder");
            if (result.GetResult(from) is not null && new Option[] { actors, pipeline, baseline, example, dryRun }.FirstOrDefault(option => result.GetResult(option) is { Implicit: false }) is { } other)
                result.AddError($"--from writes merlon.yml alone; leave {other.Name} out");
        });
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(from) is { } file)
                return Convert(file, parsed.GetValue(output)!, parsed.GetValue(force)); // it has a default
            InitRequest request = new()
            {
                Check = new() { Directory = Directory.GetCurrentDirectory(), Date = DateOnly.FromDateTime(DateTime.UtcNow), Progress = ReadingProgress.Create() },
                Version = ToolVersion,
                Template = Template,
                Actors = ProgramOptions.Split(parsed.GetValue(actors)),
                Pipeline = parsed.GetValue(pipeline),
                HasBaseline = parsed.GetValue(baseline),
                HasExample = parsed.GetValue(example),
                Overwrites = parsed.GetValue(force),
            };
            return Begin(request, parsed.GetValue(dryRun));
        });
        return command;
    }

    private static int Begin(InitRequest request, bool isDry)
    {
        var plan = InitRun.Plan(request);
        if (plan.Refusal is { } refusal)
        {
            Console.Error.WriteLine($"merlon: {Printable.Text(refusal)}");
            return ExitCode.Usage;
        }
        if (!plan.IsUsable)
            return OutputOptions.Refuse(plan.Errors);
        if (!isDry)
            InitRun.Write(plan);
        Console.Out.Write(InitText.Write(plan, isDry));
        if (isDry || !plan.Writes)
            return ExitCode.Clean;
        var hasBaseline = request.HasBaseline && plan.Layout is not null;
        if (hasBaseline && LintRun.Run(request.Check with { WriteBaseline = true }).Baseline is { } baseline)
        {
            OutputOptions.WriteFile(baseline.File, baseline.Text);
            Console.Out.WriteLine($"wrote {ConfigText.Baseline}");
        }
        var check = Check.Run(request.Check with { Base = ComparisonOptions.ReadEnvironment() });
        if (!check.IsUsable)
            return OutputOptions.Refuse(check.Diagnostics);
        Console.Out.Write(InitText.Next(plan, check, hasBaseline));
        return ExitCode.Clean;
    }

    // As packages are named: with what a version before a release has behind its numbers.
    private static string ToolVersion { get; } = typeof(InitCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? JsonReport.Version;

    private static string Template(string name)
    {
        using var stream = typeof(InitCommand).Assembly.GetManifestResourceStream($"templates/{name}") ?? throw new InvalidOperationException($"template {name} is not embedded");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private static int Convert(FileInfo from, string output, bool force)
    {
        if (Path.Exists(output) && !force)
        {
            Console.Error.WriteLine($"merlon: '{output}' exists; --force overwrites it");
            return ExitCode.Usage;
        }
        using var stream = from.OpenRead();
        var bytes = new byte[YamlFile.MaxBytes + 1];
        var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        List<Diagnostic> diagnostics = [];
        var text = SigmaCliConfiguration.Convert(from.ToString().Replace('\\', '/'), bytes.AsSpan(0, read), diagnostics);
        TextReport.Write(diagnostics.InReportOrder(), Console.Error, isColoured: false);
        if (text is null)
            return ExitCode.Usage;
        OutputOptions.WriteFile(output, text);
        return ExitCode.Clean;
    }
}
