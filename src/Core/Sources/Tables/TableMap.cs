using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Merlon.Core.Sources.Tables;

/// <summary>Which part of a record is which property of a rule: the key <c>map</c> of an entry.</summary>
internal sealed record TableMap
{
    /// <summary>Where the records of a file of JSON or YAML are; null for its root.</summary>
    public TablePath? Records { get; init; }

    /// <summary>What one record of a text is.</summary>
    public Regex? RecordPattern { get; init; }

    /// <summary>All of them must hold.</summary>
    public ImmutableArray<TableCondition> Where { get; init; } = [];

    public TableColumn? Name { get; init; }

    public TableColumn? Id { get; init; }

    public required TableColumn Techniques { get; init; }

    /// <summary>Below techniques, which then only hold them.</summary>
    public TableColumn? SubTechniques { get; init; }

    public TableColumn? Tactics { get; init; }

    public TableColumn? Status { get; init; }

    public TableColumn? State { get; init; }

    public TableColumn? Severity { get; init; }

    /// <summary>Texts that may mention other rules and tests.</summary>
    public TableColumn? Description { get; init; }

    public TableColumn? DataSources { get; init; }

    public TableColumn? Products { get; init; }

    /// <summary>GUIDs of emulation tests.</summary>
    public TableColumn? Tests { get; init; }

    /// <summary>The release of ATT&amp;CK that the rule's ids are of.</summary>
    public TableColumn? Release { get; init; }

    public TableColumn? Query { get; init; }

    /// <summary>How many rules a record stands for.</summary>
    public TableColumn? Count { get; init; }

    /// <summary>Every path that something must be found at.</summary>
    public IEnumerable<TablePath> Demanded => AllPaths.Where(path => !path.IsOptional);

    public IEnumerable<TablePath> AllPaths => Where.Select(condition => condition.Path).Concat(Columns.SelectMany(column => column.Parts).SelectMany(part => part.Paths));

    /// <summary>In the order of the documentation.</summary>
    public IEnumerable<TableColumn> Columns =>
        new[] { Name, Id, Techniques, SubTechniques, Tactics, Status, State, Severity, Description, DataSources, Products, Tests, Release, Query, Count }.OfType<TableColumn>();
}
