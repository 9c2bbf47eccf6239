using System.Collections.Immutable;
using Merlon.Core.Actors.Import;
using Merlon.Core.Diagnostics;
using Merlon.Core.Emulation;
using Merlon.Core.Emulation.Library;
using Merlon.Core.Emulation.Results;
using Merlon.Core.Sources;

namespace Merlon.Core.Programs;

/// <summary>What to import.</summary>
internal sealed record EmulateImportRequest
{
    /// <summary>Paths of the logs; at least one.</summary>
    public required ImmutableArray<string> Logs { get; init; }

    /// <summary>The path of the alerts.</summary>
    public required string Alerts { get; init; }

    public AlertColumns Columns { get; init; } = AlertColumns.Default;

    public ImmutableArray<(string Host, string Alias)> Aliases { get; init; } = [];

    /// <summary>The library that the tests are of; null where only those that ran are known.</summary>
    public NamedLibrary? Library { get; init; }

    /// <summary>What the exercise is called.</summary>
    public required string Name { get; init; }
}

/// <param name="Exercise">Null, with findings, when nothing can be recorded.</param>
internal sealed record EmulateImportResult(Exercise? Exercise, ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>What techniques are called.</summary>
    public Func<Attack.TechniqueId, string> NameOf { get; init; } = _ => "";
}

/// <summary>Brings the logs and alerts of an exercise together with the rules of a program.</summary>
internal static class EmulateImportRun
{
    public static EmulateImportResult Run(CheckRequest request, EmulateImportRequest import)
    {
        var files = ProgramFiles.Find(request with { NeedsActors = false });
        if (files.Config is not { } config)
            return new(null, files.Diagnostics);
        List<Diagnostic> diagnostics = [];
        var logs = import.Logs.Select(path => Read(path, diagnostics)).OfType<ExerciseInput>().ToImmutableArray();
        var alerts = Read(import.Alerts, diagnostics);
        if (alerts is null || logs.Length < import.Logs.Length)
            return new(null, diagnostics.InReportOrder());
        var library = import.Library is { } named ? AtomicLibrary.Read(named.FullPath, named.Label) : null;
        if (library is { IsUsable: false })
            return new(null, library.Diagnostics.InReportOrder());
        var rules = RuleSet.Of(RuleFiles.Read(files.Tree, files.Sources, request.Progress));
        ExerciseRequest exercise = new() { Name = import.Name, Logs = logs, Alerts = alerts, Columns = import.Columns, Aliases = import.Aliases, Library = library?.Tests ?? [] };
        return new(ExerciseImport.Of(exercise, rules, config.Releases, config.Validation, diagnostics), diagnostics.InReportOrder())
        {
            NameOf = id => config.Releases.Select(release => release.Find(id)?.Name).FirstOrDefault(name => name is not null) ?? "",
        };
    }

    private static ExerciseInput? Read(string path, List<Diagnostic> diagnostics)
    {
        var name = path.Replace('\\', '/');
        using var stream = File.OpenRead(path);
        MemoryStream bytes = new();
        // What a pipe gives has no length beforehand.
        var buffer = new byte[128 * 1024];
        while (stream.Read(buffer) is > 0 and var read)
        {
            bytes.Write(buffer, 0, read);
            if (bytes.Length <= ImportFile.MaxBytes)
                continue;
            diagnostics.Add(ExerciseDiagnostics.Unreadable.At(SourceSpan.StartOf(name), FormattableString.Invariant($"file is longer than {ImportFile.MaxBytes >> 20} MiB; export a shorter time")));
            return null;
        }
        return new(name, bytes.ToArray());
    }
}
