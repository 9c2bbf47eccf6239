using System.Collections.Immutable;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Emulation.Results;

/// <summary>What the columns, or keys, of the alerts are called. A key of an inner object is written with dots: <c>host.name</c>.</summary>
internal sealed record AlertColumns
{
    /// <summary>What a map may name.</summary>
    public static ImmutableArray<string> Names { get; } = ["time", "rule", "host", "outcome", "test"];

    /// <summary>What is looked for where nothing is mapped, the first that is there.</summary>
    private static readonly ImmutableArray<ImmutableArray<string>> Usual =
    [
        ["time", "_time", "@timestamp", "timestamp"],
        ["rule", "rule_id", "rule_name"],
        ["host", "hostname", "host.name"],
        ["outcome"],
        ["test"],
    ];

    private ImmutableArray<string?> Mapped { get; init; } = [null, null, null, null, null];

    public static AlertColumns Default { get; } = new();

    /// <summary>The names to look for, in their order.</summary>
    /// <param name="column">An index into <see cref="Names"/>.</param>
    public ImmutableArray<string> Of(int column) => Mapped[column] is { } name ? [name] : Usual[column];

    /// <summary>Reads <c>time=_time,rule=search_name,host=dest</c>.</summary>
    /// <returns>Null, with the reason, for anything else.</returns>
    public static AlertColumns? TryParse(string text, out string? error)
    {
        var mapped = Default.Mapped.ToBuilder();
        error = null;
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            if (part.Split('=', 2, StringSplitOptions.TrimEntries) is not [var name, { Length: > 0 } column])
                error = $"'{part}' is not of the form time=_time";
            else if (Names.IndexOf(name) is var index && index < 0)
                error = $"'{name}' is not what a column can be for{Spelling.Hint(name, Names)}";
            else if (mapped[index] is not null)
                error = $"'{name}' is mapped twice";
            else
                mapped[index] = column;
        return error is null ? new() { Mapped = mapped.ToImmutable() } : null;
    }
}
