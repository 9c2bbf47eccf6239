using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Evidence;
using Merlon.Core.Git;
using Merlon.Core.Matching;
using Merlon.Core.Yaml;

namespace Merlon.Core.Configuration;

/// <summary>Reads the <c>tests</c> block.</summary>
internal static class TestsReader
{
    /// <summary>Where tests lie unless the file says otherwise, from its folder.</summary>
    /// <summary>Where events of tests lie unless the file says otherwise, from its folder.</summary>
    public const string DefaultPaths = "tests/**";

    /// <param name="folder">From the root: what patterns that nobody wrote are relative to.</param>
    public static TestOptions Read(YamlFields? tests, string folder, ConfigurationFiles files)
    {
        if (tests is null)
            return new() { Paths = [Standard(folder)] };
        TestOptions options = new()
        {
            Paths = Patterns(tests, "paths", files) ?? [Standard(folder)],
            RequiresNegative = tests.Boolean("requireNegative") ?? false,
            Mappings = tests.Scalar("mappings") is { } mappings && ReadMappings(mappings, files) is { } read ? read : FieldMappings.Empty,
            Benign = Patterns(tests, "benign", files) ?? [],
            Allowed = [.. tests.Maps("allowed").Select(ReadAllowed).OfType<AllowedAlert>()],
        };
        tests.End();
        return options;
    }

    private static FilePattern Standard(string folder) => new(PathPattern.TryParse(DefaultPaths, folder)!, SourceSpan.StartOf(""), MayMatchNothing: true); // it parses

    private static ImmutableArray<FilePattern>? Patterns(YamlFields tests, string key, ConfigurationFiles files) =>
        tests.Scalars(key) is not { } written ? null
        : [.. written.Select(scalar => files.Pattern(scalar) is { } pattern ? new FilePattern(pattern, scalar.Span) : null).OfType<FilePattern>()];

    private static FieldMappings? ReadMappings(YamlScalar written, ConfigurationFiles files)
    {
        if (files.Resolve(written) is not { } path)
            return null;
        files.Add(path);
        if (files.Tree.TryRead(path, YamlFile.MaxBytes, out var error) is { } bytes)
            return FieldMappings.Read(path, bytes, files.Diagnostics);
        files.Diagnostics.Add(error!); // TryRead gives bytes or an error
        return null;
    }

    private static AllowedAlert? ReadAllowed(YamlFields entry)
    {
        var (rule, reason) = (entry.Required("rule"), entry.Required("reason"));
        entry.End();
        return rule is null || reason is null ? null : new(rule.Value, reason.Value, rule.Span);
    }
}
