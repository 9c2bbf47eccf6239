using System.IO.Compression;

namespace Merlon.Cli;

/// <summary>The pages of <c>docs/rules</c>, which are embedded: their examples are nowhere else in the tool.</summary>
internal static class RulePages
{
    /// <summary>An id's page, as Markdown; null where it has none.</summary>
    public static string? Find(string id)
    {
        using var resource = typeof(RulePages).Assembly.GetManifestResourceStream("rules.md")!; // the project embeds it
        using StreamReader reader = new(new BrotliStream(resource, CompressionMode.Decompress));
        // build/Compress puts a NUL, which no page has, after each.
        return reader.ReadToEnd().Split('\0').FirstOrDefault(page => page.StartsWith($"# {id}:", StringComparison.Ordinal))?.ReplaceLineEndings("\n");
    }
}
