using System.Collections.Immutable;
using Merlon.Core.Actors.Import;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Emulation.Results;

/// <summary>Reads the log of one tool.</summary>
internal interface IExecutionReader
{
    /// <summary>What messages call the log.</summary>
    public string Name { get; }

    public bool Recognises(ImportFile file);

    /// <param name="diagnostics">Told what is left out.</param>
    /// <exception cref="ImportException">The log cannot be used at all.</exception>
    public IEnumerable<Execution> Read(ImportFile file, ICollection<Diagnostic> diagnostics);
}

/// <summary>Reads a log of any tool, told by its content.</summary>
internal static class ExecutionLog
{
    /// <summary>No exercise has as many; what is matched grows with their number.</summary>
    public const int MaxExecutions = 10_000;

    public static ImmutableArray<IExecutionReader> Readers { get; } = [new AttireLog(), new CalderaReport(), new CalderaEventLog(), new AtomicCsvLog()];

    /// <returns>Empty, with a finding, for a file that cannot be used.</returns>
    public static ImmutableArray<Execution> Read(string path, Stream stream, List<Diagnostic> diagnostics)
    {
        List<Diagnostic> refused = [];
        using var file = ImportFile.Open(path, stream, refused);
        diagnostics.AddRange(refused.Select(AsOwn));
        if (file is null)
            return [];
        try
        {
            var reader = Readers.FirstOrDefault(one => one.Recognises(file)) ?? throw new ImportException($"it is none of {string.Join(", ", Readers.Select(one => one.Name))}");
            ImmutableArray<Execution> executions = [.. reader.Read(file, diagnostics).Take(MaxExecutions + 1)];
            if (executions.Length > MaxExecutions)
                throw new ImportException(FormattableString.Invariant($"it has more than {MaxExecutions} tests; split it"));
            return executions;
        }
        catch (ImportException error)
        {
            diagnostics.Add(AsOwn(error.ToDiagnostic(path)));
        }
        return [];
    }

    /// <summary>A finding of the reader of files, which has an id of its own for actors.</summary>
    public static Diagnostic AsOwn(Diagnostic diagnostic) => ExerciseDiagnostics.Unreadable.At(diagnostic.Span, diagnostic.Message);
}
