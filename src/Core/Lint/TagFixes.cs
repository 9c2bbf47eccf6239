using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;
using Merlon.Core.Sources;

namespace Merlon.Core.Lint;

/// <summary>Makes fixes that write other ATT&amp;CK tags in the place of one, none twice.</summary>
internal sealed class TagFixes(DetectionRule rule)
{
    private const string Namespace = "attack.";

    // What earlier findings of this rule write. Whoever wants the same waits until it stands there, and is then removed.
    private readonly HashSet<string> _promised = new(StringComparer.Ordinal);

    /// <summary>Tags in the place of one. Those that the rule has are left out; the tag goes where none remains.</summary>
    /// <param name="names">Without namespace, in lower case.</param>
    /// <returns>Null for rules of other sources, and where the file is not written in a way that allows it.</returns>
    public Fix? Write(AttackTag tag, IReadOnlyCollection<string> names, bool isSafe)
    {
        if (SigmaTag.Find(rule.Sigma, tag.Span) is not { } written || names.Any(name => _promised.Contains(name) || WillBe(name, tag)))
            return null;
        string[] missing = [.. names.Where(name => !rule.AttackTags.Any(other => other.Span != tag.Span && other.IsCanonical && IsNamed(other, name)))];
        var fix = TextFix.ReplaceItem(written.Item.List, written.Item.Index, [.. missing.Select(name => Namespace + name)], isSafe);
        // A fix that is not safe may not be wanted.
        if (fix is { IsSafe: true })
            _promised.UnionWith(missing);
        return fix;
    }

    // Another tag that says it already, in another form, which a fix of its own puts right.
    private bool WillBe(string name, AttackTag tag) => !IsNamed(tag, name) && rule.AttackTags.Any(other => !other.IsCanonical && IsNamed(other, name));

    private static bool IsNamed(AttackTag tag, string name) => string.Equals(tag.Name, name, StringComparison.OrdinalIgnoreCase);
}
