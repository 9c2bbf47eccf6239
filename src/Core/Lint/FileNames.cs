using Merlon.Core.Sigma;
using Merlon.Core.Sources;

namespace Merlon.Core.Lint;

/// <summary>What files are called that hold a rule or a correlation. Conventions say nothing about those with filters only.</summary>
internal static class FileNames
{
    public static IEnumerable<IGrouping<string, SigmaRule>> Of(RuleSet rules) => rules.Documents.Where(rule => rule.Kind != SigmaKind.Filter).GroupBy(rule => rule.Path, StringComparer.Ordinal);

    /// <summary>The last part of a path.</summary>
    public static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];
}
