using System.Collections.Immutable;
using System.Globalization;
using Merlon.Core.Attack;

namespace Merlon.Core.Evidence;

/// <summary>
/// From the log sources of ATT&amp;CK's analytics, free text and inconsistent, to those of Sigma against which a rule would be written.
/// <c>LogSourceMap.tsv</c>, embedded beside this file, is the table. What it does not know stays unknown: nothing is guessed from prose.
/// </summary>
internal static class LogSourceMap
{
    private static readonly Lazy<ImmutableArray<string[]>> Rows = new(ReadRows);

    private static readonly Lazy<ILookup<string, string[]>> Kinds = new(() => Rows.Value.ToLookup(row => row[0], StringComparer.Ordinal));

    /// <summary>Everything that the table can answer.</summary>
    public static IEnumerable<WrittenLogSource> All =>
    [
        .. Kinds.Value["log"].Where(row => row[3].Length == 0).Select(row => new WrittenLogSource("windows", null, row[2]))
            .Concat(Kinds.Value["event"].SelectMany(row => Split(row[4], ',').Select(category => new WrittenLogSource(row[1], category, null))))
            .Concat(Kinds.Value["log"].Concat(Kinds.Value["component"]).SelectMany(row => Sources(row[3])))
            .Concat(Kinds.Value["name"].SelectMany(row => Sources(row[4])))
            .Distinct(),
    ];

    /// <summary>The Sigma log sources of which each by itself can show what this one does, the most particular first; empty when nothing is known of it.</summary>
    /// <param name="platform">ATT&amp;CK's name: that of the analytic.</param>
    public static ImmutableArray<WrittenLogSource> Find(LogSource source, string platform)
    {
        var name = source.Name.Trim();
        return [.. Kinds.Value["log"].Where(row => Same(row[1], name)).SelectMany(row => OfLog(row, source.Channel, platform))
            .Concat(OfEvents(name, source.Channel, platform))
            .Concat(Kinds.Value["name"].Where(row => IsNamed(row[1], name) && (row[2].Length == 0 || HasWord(source.Channel, row[2])) && row[3] is var only && (only.Length == 0 || only == platform)).SelectMany(row => Sources(row[4])))
            .Distinct()];
    }

    /// <summary>As the other, and where a log tells of anything on a host and its channel does not say of what, the data component does.</summary>
    public static ImmutableArray<WrittenLogSource> Find(LogSourceReference reference, string platform)
    {
        var found = Find(reference.LogSource, platform);
        return found.Any(source => source.Category is not null) || !Kinds.Value["host"].Any(row => IsNamed(row[1], reference.LogSource.Name.Trim())) ? found
            : [.. OfComponent(reference.DataComponent, platform).Concat(found).Distinct()];
    }

    // Events of Linux may come from Sysmon too, and ATT&CK calls its log by the name of Windows'.
    private static IEnumerable<WrittenLogSource> OfLog(string[] row, string channel, string platform)
    {
        if (platform is "Linux" or "macOS")
            return platform == "Linux" ? Events("linux", row[2], channel) : [];
        var events = Events("windows", row[2], channel).ToArray();
        return row[3].Length == 0 ? [.. events, new("windows", null, row[2])] : events.Length > 0 ? events : Sources(row[3]);
    }

    private static IEnumerable<WrittenLogSource> OfEvents(string name, string channel, string platform) =>
        Same(name, "linux:Sysmon") && platform == "Linux" ? Events("linux", "sysmon", channel) : [];

    private static IEnumerable<WrittenLogSource> Events(string product, string service, string channel)
    {
        var ids = EventIds(channel);
        return Kinds.Value["event"].Where(row => row[1] == product && row[2] == service && ids.Contains(row[3]))
            .SelectMany(row => Split(row[4], ',').Select(category => new WrittenLogSource(product, category, null)));
    }

    /// <summary>The Sigma log sources that show a data component on a platform.</summary>
    /// <param name="component">Its id, <c>DC0032</c>.</param>
    public static IEnumerable<WrittenLogSource> OfComponent(string component, string platform) =>
        Kinds.Value["component"].Where(row => row[1] == component && row[2] == platform).SelectMany(row => Sources(row[3]));

    /// <summary>Whether a product writes a log; null where nothing is known of the product.</summary>
    /// <param name="product">As people write it, <c>Windows event log</c>.</param>
    /// <param name="name">The log's name in ATT&amp;CK.</param>
    public static bool? Writes(string product, string name)
    {
        var known = Kinds.Value["product"].Where(row => Split(row[1], '|').Any(word => HasWord(product, word))).SelectMany(row => Split(row[2], '|')).ToArray();
        return known.Length == 0 ? null : known.Any(pattern => pattern[0] != '!' && IsNamed(pattern, name)) && !known.Any(pattern => pattern is ['!', .. var not] && IsNamed(not, name));
    }

    /// <summary>The numbers of <c>EventCode=4624, 4648</c>; none where the channel is prose.</summary>
    private static HashSet<string> EventIds(string channel)
    {
        const string mark = "EventCode=";
        HashSet<string> ids = new(StringComparer.Ordinal);
        foreach (var part in channel.Contains(mark, StringComparison.OrdinalIgnoreCase) ? channel.Split(',') : [])
            if (part.Trim() is var text && int.TryParse(text.StartsWith(mark, StringComparison.OrdinalIgnoreCase) ? text[mark.Length..] : text, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
                ids.Add(id.ToString(CultureInfo.InvariantCulture));
        return ids;
    }

    private static bool IsNamed(string pattern, string name) =>
        pattern is [.. var start, '*'] ? name.StartsWith(start, StringComparison.OrdinalIgnoreCase) : Same(pattern, name);

    // A word ends where no letter or digit follows: ES_EVENT_TYPE_NOTIFY_EXEC has 'exec', execution has not.
    private static bool HasWord(string channel, string words)
    {
        foreach (var word in Split(words, ','))
            for (var at = 0; (at = channel.IndexOf(word, at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
                if ((at == 0 || !char.IsLetterOrDigit(channel[at - 1])) && (at + word.Length == channel.Length || !char.IsLetterOrDigit(channel[at + word.Length])))
                    return true;
        return false;
    }

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<WrittenLogSource> Sources(string text) => Split(text, ';').Select(WrittenLogSource.Parse);

    private static string[] Split(string text, char separator) => text.Split(separator, StringSplitOptions.RemoveEmptyEntries);

    private static ImmutableArray<string[]> ReadRows()
    {
        using var table = typeof(LogSourceMap).Assembly.GetManifestResourceStream("LogSourceMap.tsv") ?? throw new InvalidOperationException("LogSourceMap.tsv is not embedded");
        using StreamReader reader = new(table);
        return [.. reader.ReadToEnd().ReplaceLineEndings("\n").Split('\n').Where(line => line is not ("" or ['#', ..])).Select(line => line.Split('\t'))];
    }
}
