using System.CommandLine;
using System.Globalization;
using Merlon.Core.Attack;
using Merlon.Core.Programs;
using Merlon.Core.Report;
using Merlon.Core.Yaml;

namespace Merlon.Cli;

internal static class PlanCommand
{
    public static Command Create()
    {
        ProgramOptions program = new();
        OutputOptions output = new("yaml", "json", "text");
        Option<int?> target = new("--target") { Description = "The percentage that each actor, and all together, are to reach, instead of the targets that are written.", HelpName = "percent" };
        target.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var percent) && percent is < 1 or > 100)
                result.AddError($"'{text}' is not a whole number from 1 to 100");
        });
        Option<string?> library = new("--library") { Description = "A folder of community rules, such as a checkout of SigmaHQ, instead of plan.library.", HelpName = "folder" };
        Option<string?> atomics = new("--atomics") { Description = "A checkout of Atomic Red Team: tests that would prove a rule are named.", HelpName = "folder" };
        Option<bool> publish = new("--publish") { Description = "For others to read: actors whose TLP is amber or red have their alias." };
        Command command = new("plan", "Plan the closing of gaps: what each takes, in which period, and the smallest set of tasks that reaches the target.") { target, library, atomics, publish };
        program.AddTo(command);
        output.AddTo(command);
        command.SetAction(parsed =>
        {
            PlanRequest request = new()
            {
                Check = program.Read(parsed) with { NeedsRules = false },
                Target = parsed.GetValue(target),
                Library = Named(parsed.GetValue(library)),
                Atomics = Named(parsed.GetValue(atomics)),
                Existing = output.Destination(parsed) is { } file ? Read(file) : null,
                IsYaml = output.Format(parsed) == "yaml",
                IsPublished = parsed.GetValue(publish),
            };
            if (PlanRun.Run(request, out var errors) is not { } plan)
                return OutputOptions.Refuse(errors);
            output.Write(parsed, output.Format(parsed) switch
            {
                "json" => PlanJson.Write(plan),
                "text" => PlanText.Write(plan),
                _ => PlanYaml.Write(plan),
            });
            if (!plan.OtherDomains.IsEmpty)
                ComparisonOptions.Note($"the plan is of {plan.Backlog.Coverage.Release.Domain.Name}; domains are never summed, and {string.Join(", ", plan.OtherDomains.Select(domain => domain.Name))} {(plan.OtherDomains.Length == 1 ? "is" : "are")} left out");
            OutputOptions.NoteErrors(plan.Snapshot);
            return ExitCode.Clean;
        });
        return command;
    }

    private static (string, string)? Named(string? folder) => folder is null ? null : (Path.GetFullPath(folder), folder);

    // One byte more than is read of any YAML file, so that the reader sees that there is more. What is no file, such as /dev/stdout, holds no plan.
    private static (string, byte[])? Read(string file)
    {
        var full = Path.GetFullPath(file);
        if (!File.Exists(full) || full.StartsWith("/dev/", StringComparison.Ordinal))
            return null;
        using var stream = File.OpenRead(full);
        var bytes = new byte[Math.Min(stream.Length, YamlFile.MaxBytes + 1)];
        stream.ReadExactly(bytes);
        return (file, bytes);
    }
}
