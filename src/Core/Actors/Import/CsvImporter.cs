using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Merlon.Core.Csv;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Actors.Import;

/// <summary>CSV with a header, one column of which holds technique ids: alone, several in a cell, or within other text.</summary>
internal sealed partial class CsvImporter : IActorImporter
{
    private static readonly ImmutableArray<string> KnownHeaders =
        ["techniqueid", "technique", "techniques", "attackid", "attacktechnique", "mitreid", "mitreattackid", "mitretechniqueid", "tid", "ttp", "ttps", "id"];

    public string Name => "csv";

    public bool Recognises(ImportFile file) => file.Json is null;

    public IReadOnlyCollection<ImportedActor> Read(ImportFile file, ImportContext context)
    {
        var rows = ImportRows.Read(file.Path, file.Text);
        if (rows is not [var header, .. var body] || body.Count == 0)
            throw new ImportException("a CSV file has a header and rows below it");
        var column = FindColumn(header, body, context.Options.Column);
        // Of a table of several actors, the rows of one.
        if (context.Options.Actor is { } actor)
            body = [.. body.Where(row => row.Any(cell => string.Equals(cell.Text.Trim(), actor, StringComparison.OrdinalIgnoreCase)))];
        if (body.Count == 0)
            throw new ImportException($"no row has a cell '{context.Options.Actor}'");
        return
        [
            new()
            {
                Name = context.Options.Actor ?? Path.GetFileNameWithoutExtension(file.Path),
                Span = header[0].Span,
                Source = $"CSV, column '{header[column].Text.Trim()}'",
                Techniques = [.. body.Where(row => column < row.Length).SelectMany(row => ReadCell(row[column], context))],
            },
        ];
    }

    private static int FindColumn(ImmutableArray<CsvCell> header, List<ImmutableArray<CsvCell>> rows, string? asked)
    {
        if (asked is not null)
            return header.ToList().FindIndex(cell => string.Equals(cell.Text.Trim(), asked.Trim(), StringComparison.OrdinalIgnoreCase)) is >= 0 and var named ? named
                : throw new ImportException($"it has no column '{asked}'{Spelling.Hint(asked, [.. header.Select(cell => cell.Text.Trim())])}", header[0].Span);
        var holders = Enumerable.Range(0, header.Length).Where(index => rows.Any(row => index < row.Length && Id().IsMatch(row[index].Text))).ToArray();
        return holders.Where(index => KnownHeaders.Contains(Plain(header[index].Text))).Append(-1).First() is >= 0 and var known ? known
            : holders is [var only] ? only
            : throw new ImportException(holders.Length == 0 ? "it is of no kind that is known, and as CSV no column of it holds technique ids"
                : $"several columns hold technique ids; name one with --column: {Spelling.OneOf([.. holders.Select(index => header[index].Text.Trim())])}", header[0].Span);
    }

    private static IEnumerable<ImportedTechnique> ReadCell(CsvCell cell, ImportContext context)
    {
        var ids = Id().Matches(cell.Text);
        if (ids.Count == 0 && cell.Text.Trim().Length > 0)
            context.Diagnostics.Add(ImportDiagnostics.LeftOut.At(cell.Span, $"'{StrangersText.Short(cell.Text)}' is left out: it holds no technique id such as T1059 or T1059.001"));
        return ids.Select(id => new ImportedTechnique(PrefixBefore(cell.Text.AsSpan(0, id.Index), context) + id.Value, cell.Span, ""));
    }

    // Other words before a hyphen are no part of the id.
    private static string? PrefixBefore(ReadOnlySpan<char> text, ImportContext context)
    {
        string? longest = null;
        foreach (var prefix in context.Releases.SelectMany(release => release.Prefixes))
            if (text.EndsWith(prefix, StringComparison.OrdinalIgnoreCase) && prefix.Length > (longest?.Length ?? 0)
                && (text.Length == prefix.Length || !(char.IsLetterOrDigit(text[^(prefix.Length + 1)]) || text[^(prefix.Length + 1)] == '-')))
                longest = prefix;
        return longest;
    }

    private static string Plain(string header) => string.Concat(header.Where(char.IsAsciiLetter)).ToLowerInvariant();

    [GeneratedRegex(@"\b[Tt][0-9]{4}(\.[0-9]{3})?\b", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Id();
}
