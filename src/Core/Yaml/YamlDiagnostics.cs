using System.Collections.Immutable;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Yaml;

/// <summary>Findings of reading a file as YAML. After each the rest of that file may be unread, and no other file is.</summary>
internal static class YamlDiagnostics
{
    public static DiagnosticInfo Syntax { get; } = new()
    {
        Id = "MRL1001",
        Title = "File is not valid YAML",
        Severity = Severity.Error,
        Rationale = """
            What follows the error cannot be read, so the rules in it count as covering nothing.
            The position is where the parser stopped; the cause is often the line before it.
            """,
        Source = "https://yaml.org/spec/1.2.2/",
    };

    public static DiagnosticInfo Encoding { get; } = new()
    {
        Id = "MRL1002",
        Title = "File is not UTF-8 text",
        Severity = Severity.Error,
        Rationale = """
            Sigma files are UTF-8. Another encoding, or a control character that YAML forbids, makes tools read
            different rules from the same bytes.
            """,
        Source = "https://github.com/SigmaHQ/sigma-specification/blob/v2.1.0/specification/sigma-rules-specification.md",
    };

    public static DiagnosticInfo DuplicateKey { get; } = new()
    {
        Id = "MRL1003",
        Title = "Key appears twice in one map",
        Severity = Severity.Error,
        Rationale = """
            YAML forbids it, and most readers keep the last value without a word: a second `detection` or `tags` silently
            replaces the first. Keep one of them.
            """,
        Source = "https://yaml.org/spec/1.2.2/#3211-nodes",
    };

    public static DiagnosticInfo Empty { get; } = new()
    {
        Id = "MRL1004",
        Title = "File holds no YAML document",
        Severity = Severity.Error,
        Rationale = """
            An empty file, or one of comments only, is not a rule; it is most often a lost one.
            """,
    };

    public static DiagnosticInfo Limit { get; } = new()
    {
        Id = "MRL1005",
        Title = "File exceeds a limit",
        Severity = Severity.Error,
        Rationale = """
            Rules come from strangers' pull requests. A file may have 4 MiB, 64 levels of nesting and 500,000 nodes after
            aliases are resolved; beyond that it is refused instead of exhausting the build machine.
            """,
    };

    public static DiagnosticInfo Key { get; } = new()
    {
        Id = "MRL1006",
        Title = "Key is not a single value",
        Severity = Severity.Error,
        Rationale = """
            YAML allows a list or a map as a key. No rule, profile or configuration has one, and most readers refuse it.
            """,
        Source = "https://yaml.org/spec/1.2.2/#3211-nodes",
    };

    public static DiagnosticInfo Alias { get; } = new()
    {
        Id = "MRL1007",
        Title = "Alias names no complete anchor",
        Severity = Severity.Error,
        Rationale = """
            An alias (`*name`) repeats a node that was marked before it in the same document (`&name`). One that names
            nothing, or the node that it stands in, has no value.
            """,
        Source = "https://yaml.org/spec/1.2.2/#71-alias-nodes",
    };

    public static ImmutableArray<DiagnosticInfo> All { get; } =
        [Syntax, Encoding, DuplicateKey, Empty, Limit, Key, Alias];
}
