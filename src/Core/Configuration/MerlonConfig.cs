using System.Collections.Immutable;
using Merlon.Core.Actors;
using Merlon.Core.Attack;
using Merlon.Core.Attack.Stix;
using Merlon.Core.Coverage;
using Merlon.Core.Evidence;
using Merlon.Core.Gate;
using Merlon.Core.Git;
using Merlon.Core.Lint;
using Merlon.Core.Plan;

namespace Merlon.Core.Configuration;

/// <summary>One program: merlon.yml with everything that it names but rules and profiles, read and checked.</summary>
internal sealed record MerlonConfig
{
    /// <summary>The program's name: as written, or its folder from the root, or <c>main</c> for the root.</summary>
    public required string Name { get; init; }

    /// <summary>One for each configured domain, in their order.</summary>
    public required ImmutableArray<AttackRelease> Releases { get; init; }

    /// <summary>What was merged over <see cref="Releases"/>.</summary>
    public ImmutableArray<StixBundle> Bundles { get; init; } = [];

    /// <summary>URL of what the Navigator shows instead of MITRE's release, with <c>{domain}</c> for the domain's name; null where nobody said.</summary>
    public string? NavigatorData { get; init; }

    /// <summary>What finds the files of bundles that are folders.</summary>
    public ImmutableArray<PathPattern> BundleFolders { get; init; } = [];

    /// <summary>Of Sigma rules: the entries of <c>rules</c> that are patterns alone.</summary>
    public required ImmutableArray<FilePattern> Rules { get; init; }

    /// <summary>The other entries of <c>rules</c>, in their order.</summary>
    public ImmutableArray<SourceEntry> Sources { get; init; } = [];

    /// <summary>Every pattern of rules, whatever their format.</summary>
    public IEnumerable<FilePattern> AllRules => Rules.Concat(Sources.Select(entry => entry.Pattern));

    public required ImmutableArray<FilePattern> Actors { get; init; }

    /// <summary>Files of validation records.</summary>
    public ImmutableArray<FilePattern> Records { get; init; } = [];

    public ValidationOptions Validation => Definition.Validation;

    public required Definition Definition { get; init; }

    public GatePolicy Gate { get; init; } = new();

    public Targets Targets => Gate.Targets;

    /// <summary>What of the file is policy, whatever the command line says instead. Severities stand in their order.</summary>
    public ImmutableArray<PolicyLine> Policy { get; init; } = [];

    public LintOptions Lint { get; init; } = new();

    public required TestOptions Tests { get; init; }

    /// <summary>Null when what is collected is not known.</summary>
    public LogSourceInventory? Inventory { get; init; }

    public ImmutableArray<AssetGroup> Assets { get; init; } = [];

    public PlanOptions Plan { get; init; } = new();

    /// <summary>The files that it was read from, from the root.</summary>
    public required ImmutableArray<string> Files { get; init; }
}

/// <summary>A pattern and where it is written.</summary>
/// <param name="MayMatchNothing">Whether nobody wrote it, so that it may match nothing.</param>
internal sealed record FilePattern(PathPattern Pattern, Diagnostics.SourceSpan Span, bool MayMatchNothing = false);
