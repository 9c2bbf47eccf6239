using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Merlon.Cli.Completion;
using Merlon.Core.Coverage;
using Merlon.Core.Lint;
using Merlon.Core.Programs;

namespace Merlon.Cli;

/// <summary>The options of every command that reads a program. Values are checked by Core, so that MSBuild gets the same answer.</summary>
internal sealed class ProgramOptions
{
    private readonly Argument<string[]> _paths = new("path") { Description = "Files and folders of rules, instead of the configured ones.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string?> _config = new("--config") { Description = "The merlon.yml to use; the nearest one upward otherwise.", HelpName = "file" };
    private readonly Option<string?> _date = new("--date") { Description = "The UTC day on which exclusions hold or have expired; today otherwise.", HelpName = "yyyy-mm-dd" };
    private readonly Option<string[]> _actors = new("--actor", "--actors") { Description = "Actors by profile, or by name, alias or id of a group, software or campaign; with commas between them.", HelpName = "names", AllowMultipleArgumentsPerToken = false };
    private readonly Option<string?> _release = new("--release") { Description = "The ATT&CK release, 19.1, or the path of a table.", HelpName = "version" };
    private readonly Option<string?> _level = new("--level") { Description = "What counts as covered: claimed, deployable, deployed, tested or validated.", HelpName = "level" };
    private readonly Option<string[]> _platforms = new("--platforms") { Description = "ATT&CK platforms in scope, with commas between them; 'cloud' for the four cloud ones.", HelpName = "names" };
    private readonly Option<string?> _rollUp = new("--roll-up") { Description = "Whether a rule on a sub-technique counts for its parent: strict (only the exact id counts) or lenient.", HelpName = "mode" };
    private readonly Option<string?> _pre = new("--pre") { Description = "Whether techniques whose only platform is PRE are counted: apart or include.", HelpName = "mode" };
    private readonly Option<string?> _preset = new("--preset") { Description = "Which checks are on: sigma, recommended, sigmahq or strict.", HelpName = "name" };

    private readonly Option<string?> _baseline = new("--baseline") { Description = "The file of accepted findings, instead of lint.baseline.", HelpName = "file" };
    private readonly Option<string?> _changedSince = new("--changed-since") { Description = "Report findings in files that differ from a git revision.", HelpName = "revision" };
    private readonly Option<bool> _newOnly = new("--new-only") { Description = "With --changed-since: only findings that the revision does not have, in any file." };

    private readonly bool _measures;
    private readonly bool _choosesRelease;

    /// <param name="measures">False for a command of rules alone, which has no options of actors and coverage.</param>
    /// <param name="choosesRelease">False for a command that names releases itself.</param>
    public ProgramOptions(bool measures = true, bool choosesRelease = true)
    {
        (_measures, _choosesRelease) = (measures, choosesRelease);
        _actors.CompletionSources.Add(_ => CompletionValues.Actors());
        _release.CompletionSources.Add(_ => CompletionValues.Releases());
        _level.CompletionSources.Add([.. Levels.Names]);
        _platforms.CompletionSources.Add(_ => CompletionValues.Platforms());
        _rollUp.CompletionSources.Add("strict", "lenient");
        _pre.CompletionSources.Add("apart", "include");
        _preset.CompletionSources.Add([.. PresetNames.All.Select(one => one.Name)]);
        if (!measures)
            _date.Description = "The UTC day on which the age of a rule is told; today otherwise.";
        _date.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && !TryParseDate(text, out _))
                result.AddError($"'{text}' is not a day of the form 2026-11-24");
        });
        _paths.Validators.Add(MustExist);
    }

    /// <summary>Refuses what is no path. An option that is not known would otherwise be taken for the name of a file.</summary>
    public static void MustExist(ArgumentResult result)
    {
        foreach (var token in result.Tokens)
            if (token.Value.StartsWith('-'))
                result.AddError($"'{token.Value}' is not an option of this command");
            else if (!Path.Exists(token.Value))
                result.AddError($"'{token.Value}' does not exist");
    }

    /// <summary>Lets a command call <c>--platforms</c> by the singular, too, which elsewhere means something else.</summary>
    public void AcceptPlatform() => _platforms.Aliases.Add("--platform");

    public void AddTo(Command command)
    {
        command.Add(_paths);
        foreach (var option in _measures ? [_config, _date, _actors, _release, _level, _platforms, _rollUp, _pre, _preset] : new Option[] { _config, _date, _release, _preset, _baseline, _changedSince, _newOnly })
            if (_choosesRelease || option != _release)
                command.Add(option);
    }

    /// <summary>Only what says which release of ATT&amp;CK is meant, and which day it is, for a command that looks at other files than the program's.</summary>
    public void AddReleaseTo(Command command)
    {
        _date.Description = "The UTC day that it is; today otherwise.";
        foreach (var option in new Option[] { _config, _date, _release })
            command.Add(option);
    }

    public CheckRequest Read(ParseResult parsed) => new()
    {
        Directory = Directory.GetCurrentDirectory(),
        Config = parsed.GetValue(_config) is { } config ? Path.GetFullPath(config) : null,
        Paths = [.. (parsed.GetResult(_paths) is null ? [] : parsed.GetValue(_paths) ?? []).Select(Path.GetFullPath)],
        Date = parsed.GetValue(_date) is { } text && TryParseDate(text, out var date) ? date : DateOnly.FromDateTime(DateTime.UtcNow),
        Overrides = new()
        {
            Release = parsed.GetValue(_release),
            Level = parsed.GetValue(_level),
            Platforms = Split(parsed.GetValue(_platforms)),
            RollUp = parsed.GetValue(_rollUp),
            Pre = parsed.GetValue(_pre),
            Preset = parsed.GetValue(_preset),
            Actors = Split(parsed.GetValue(_actors)),
        },
        Baseline = parsed.GetValue(_baseline) is { } baseline ? Path.GetFullPath(baseline) : null,
        ChangedSince = parsed.GetValue(_changedSince),
        NewOnly = parsed.GetValue(_newOnly),
        Progress = ReadingProgress.Create(),
    };

    /// <summary>The values of an option that may be given several times and with commas.</summary>
    public static ImmutableArray<string> Split(string[]? values) =>
        [.. (values ?? []).SelectMany(value => value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    private static bool TryParseDate(string text, out DateOnly date) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);
}
