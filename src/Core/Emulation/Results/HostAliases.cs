using System.Collections.Immutable;
using System.Globalization;
using Merlon.Core.Actors.Import;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Emulation.Results;

/// <summary>What hosts are called where others may read it: <c>host-1</c>, <c>host-2</c> in the order of their first tests, unless an alias is given.</summary>
internal sealed class HostAliases
{
    private const int Longest = 64;

    private readonly Dictionary<string, string> _aliases = new(StringComparer.Ordinal);

    /// <param name="given">Aliases by host.</param>
    public HostAliases(IEnumerable<Execution> executions, ImmutableArray<(string Host, string Alias)> given, List<Diagnostic> diagnostics)
    {
        var labels = executions.Where(execution => HostName.LabelOf(execution.Host) is not null).GroupBy(execution => HostName.LabelOf(execution.Host)!, StringComparer.Ordinal) // filtered
            .OrderBy(host => host.Min(execution => execution.Start)).ThenBy(host => host.Key, StringComparer.Ordinal).Select(host => host.Key).ToArray();
        void Refuse(string why) => diagnostics.Add(ExerciseDiagnostics.BadAlias.At(SourceSpan.StartOf(""), why));
        foreach (var (host, alias) in given)
            if (HostName.LabelOf(host) is not { } label || !labels.Contains(label))
                Refuse($"'{StrangersText.Short(host)}' is no host of the exercise");
            else if (alias.Length is 0 or > Longest || !alias.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
                Refuse($"alias '{StrangersText.Short(alias)}' has other signs than letters, digits, '-', '_' and '.'");
            else if (_aliases.ContainsValue(alias) || !_aliases.TryAdd(label, alias))
                Refuse($"'{StrangersText.Short(host)}' or alias '{alias}' is given twice");
        var number = 0;
        foreach (var label in labels.Where(label => !_aliases.ContainsKey(label)))
        {
            string alias;
            do
                alias = string.Create(CultureInfo.InvariantCulture, $"host-{++number}");
            while (_aliases.ContainsValue(alias));
            _aliases[label] = alias;
        }
    }

    /// <summary>Null for an unknown host.</summary>
    public string? Of(string? host) => HostName.LabelOf(host) is { } label ? _aliases.GetValueOrDefault(label) : null;
}
