using System.Collections.Immutable;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Attack;

/// <summary>Releases as somebody names them: by the version of embedded ones, or by the path of a table.</summary>
internal static class NamedReleases
{
    /// <summary>One for each domain that has it.</summary>
    /// <param name="name"><c>19.1</c>, or the path of <c>x.tsv</c>.</param>
    /// <param name="domain">The only domain that is wanted; null for all.</param>
    /// <param name="directory">Full path that the path of a table starts from.</param>
    /// <returns>Nothing, with findings, when there is none.</returns>
    public static ImmutableArray<AttackRelease> Find(string name, AttackDomain? domain, string directory, out ImmutableArray<Diagnostic> errors)
    {
        errors = [];
        if (name.EndsWith(".tsv", StringComparison.Ordinal))
        {
            (var table, errors) = AttackTable.Read(Path.GetFullPath(name, directory), name);
            if (table is null || (domain ?? table.Domain) == table.Domain)
                return table is null ? [] : [table];
            errors = [AttackDiagnostics.UnreadableTable.At(SourceSpan.StartOf(name), $"ATT&CK table cannot be used: it is of {table.Domain.Name}, not of {domain?.Name}")];
            return [];
        }
        var releases = ImmutableArray.CreateBuilder<AttackRelease>();
        foreach (var one in Enum.GetValues<AttackDomain>())
            if ((domain ?? one) == one && AttackReleases.TryGet(one, name, out var release))
                releases.Add(release);
        if (releases.Count == 0)
            errors = [AttackReleases.NotEmbedded(domain ?? AttackDomain.Enterprise, name, SourceSpan.StartOf(""))];
        return releases.ToImmutable();
    }
}
