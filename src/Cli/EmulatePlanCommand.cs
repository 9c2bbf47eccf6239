using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Merlon.Core.Diagnostics;
using Merlon.Core.Emulation.Library;
using Merlon.Core.Emulation.Plan;
using Merlon.Core.Programs;
using Merlon.Core.Report;

namespace Merlon.Cli;

internal static class EmulatePlanCommand
{
    public static Command Create()
    {
        ProgramOptions program = new();
        PlannedExercise exercise = new();
        Option<string> format = new("--format") { Description = "The form of the output: text or json.", HelpName = "format", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        Option<string?> output = new("--output", "-o") { Description = "Write the plan into this folder instead: plan.json, plan.md, and what the libraries allow of plan.ps1, schedule.csv and adversary.yml.", HelpName = "folder" };
        output.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var folder }] && WhyNoFolder(folder) is { } reason)
                result.AddError(reason);
        });
        Option<bool> isPrivate = new("--private") { Description = "In plan.md, show actors by name whose TLP is amber or red." };
        Command command = new("plan", "Choose tests of local libraries for actors or gaps, and write them as a plan. Nothing is executed.") { format, output, isPrivate };
        exercise.AddTo(command);
        program.AddTo(command);
        command.SetAction(parsed =>
        {
            var result = EmulationPlanRun.Run(program.Read(parsed), exercise.Libraries(parsed), exercise.Read(parsed));
            if (result is not { Plan: { } plan, Snapshot: { } snapshot })
                return OutputOptions.Refuse(result.Diagnostics);
            TextReport.Write(result.Diagnostics, Console.Error, isColoured: false);
            if (parsed.GetValue(output) is { } folder)
                Write(folder, EmulationPlanFiles.Of(result, parsed.GetValue(isPrivate)));
            else
                Console.Out.Write(parsed.GetValue(format) == "json" ? EmulationPlanJson.Write(plan, snapshot) : EmulationPlanText.Write(plan));
            OutputOptions.NoteErrors(snapshot);
            return ExitCode.Clean;
        });
        return command;
    }

    private static string? WhyNoFolder(string folder)
    {
        var full = Path.GetFullPath(folder);
        return File.Exists(full) ? $"'{folder}' is a file; name a folder"
            : !Directory.Exists(full) && !Directory.Exists(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(full))) ? $"the folder of '{folder}' does not exist; create it"
            : EmulationPlanFiles.Names.FirstOrDefault(name => Directory.Exists(Path.Combine(full, name))) is { } taken ? $"'{Path.Combine(folder, taken)}' is a folder; a file of the plan has this name" : null;
    }

    private static void Write(string folder, ImmutableArray<PlanFile> files)
    {
        Directory.CreateDirectory(folder);
        foreach (var (name, text) in files)
        {
            var path = Path.Combine(folder, name);
            if (text is not null)
                OutputOptions.WriteFile(path, text);
            else if (File.Exists(path))
                Console.Error.WriteLine($"merlon: '{path}' is of an earlier plan; this one has no such file");
        }
    }
}

/// <summary>The options of what is planned with what.</summary>
internal sealed class PlannedExercise
{
    private readonly Option<string?> _atomics = Library("--atomics", "A checkout of Atomic Red Team, or its index.csv.");
    private readonly Option<string?> _stockpile = Library("--stockpile", "A checkout of Caldera's stockpile.");
    private readonly Option<string?> _ctid = Library("--ctid", "An emulation plan of the Center for Threat-Informed Defense, or a folder of them.");
    private readonly Option<bool> _gaps = new("--gaps") { Description = "Only techniques that are not covered." };
    private readonly Option<bool> _claimed = new("--claimed") { Description = "Only techniques that a rule claims." };
    private readonly Option<string[]> _platforms = new("--platform") { Description = "ATT&CK platforms of the exercise's hosts, with commas between them; the platforms in scope otherwise.", HelpName = "names" };
    private readonly Option<string?> _elevated = new("--elevated") { Description = "yes: only tests that need elevation. no: only tests that need none.", HelpName = "yes|no" };
    private readonly Option<bool> _offline = new("--offline") { Description = "No test that needs a download." };
    private readonly Option<int> _max = new("--max-per-technique") { Description = "So many tests for a technique.", HelpName = "number", DefaultValueFactory = _ => PlanOptions.DefaultMax, CustomParser = ReadNumber };

    public PlannedExercise()
    {
        _elevated.AcceptOnlyFromAmong("yes", "no");
    }

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _atomics, _stockpile, _ctid, _gaps, _claimed, _platforms, _elevated, _offline, _max })
            command.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_atomics) is null && result.GetValue(_stockpile) is null && result.GetValue(_ctid) is null)
                result.AddError($"name a library of tests: {Spelling.OneOf([_atomics.Name, _stockpile.Name, _ctid.Name])}");
            if (result.GetValue(_gaps) && result.GetValue(_claimed))
                result.AddError("--gaps and --claimed exclude each other");
        });
    }

    public ImmutableArray<NamedLibrary> Libraries(ParseResult parsed) =>
    [
        .. new[] { (LibraryKind.AtomicRedTeam, _atomics), (LibraryKind.Caldera, _stockpile), (LibraryKind.Ctid, _ctid) }
            .Where(one => parsed.GetValue(one.Item2) is not null)
            .Select(one => new NamedLibrary(one.Item1, Path.GetFullPath(parsed.GetValue(one.Item2)!), parsed.GetValue(one.Item2)!)), // filtered
    ];

    public PlanOptions Read(ParseResult parsed) => new()
    {
        Scope = parsed.GetValue(_gaps) ? PlanScope.Gaps : parsed.GetValue(_claimed) ? PlanScope.Claimed : PlanScope.All,
        Platforms = ProgramOptions.Split(parsed.GetValue(_platforms)),
        Elevated = parsed.GetValue(_elevated) is { } elevated ? elevated == "yes" : null,
        IsOffline = parsed.GetValue(_offline),
        MaxPerTechnique = parsed.GetValue(_max),
    };

    private static int ReadNumber(ArgumentResult result)
    {
        if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
            return number;
        result.AddError($"'{result.Tokens[0].Value}' is not a number from 1");
        return PlanOptions.DefaultMax;
    }

    private static Option<string?> Library(string name, string description)
    {
        Option<string?> option = new(name) { Description = description, HelpName = "path" };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var path }] && !Path.Exists(path))
                result.AddError($"'{path}' does not exist");
        });
        return option;
    }
}
