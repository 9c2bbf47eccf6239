using System.Collections.Immutable;
using System.Text;
using Merlon.Core.Diagnostics;
using Merlon.Core.Lint;
using Merlon.Core.Yaml;

namespace Merlon.Core.Configuration;

/// <summary>The file that <c>sigma check --validation-config</c> reads, and the merlon.yml that asks for the same.</summary>
internal sealed class SigmaCliConfiguration
{
    private const string AllValidators = "all";

    private static readonly ImmutableArray<string> Names = [.. SigmaCliNames.All.Select(name => name.Validator).Distinct()];

    private readonly bool _startsWithAll;
    private readonly HashSet<string> _validators = new(StringComparer.Ordinal);
    private readonly List<(string Rule, string Validator)> _exclusions = [];
    // What has no place in merlon.yml.
    private readonly List<string> _remarks = [];
    private readonly List<Diagnostic> _diagnostics;

    private SigmaCliConfiguration(YamlMapping mapping, List<Diagnostic> diagnostics)
    {
        _diagnostics = diagnostics;
        YamlFields fields = new(mapping, ConfigurationDiagnostics.Shape, diagnostics);
        var validators = fields.Scalars("validators") ?? [];
        _startsWithAll = validators.Any(written => written.Value == AllValidators);
        foreach (var written in validators)
            Choose(written);
        foreach (var (rule, names) in fields.Entries("exclusions"))
            Exclude(rule, names);
        foreach (var (validator, parameters) in fields.Entries("config"))
            Remark($"parameters of {validator.Value} are not taken over{(parameters is YamlMapping map ? $": {string.Join(", ", map.Entries.Select(entry => entry.Key.Value))}" : "")}");
        foreach (var key in fields.Keys.Where(key => key is not ("validators" or "exclusions" or "config")))
            Remark($"key {key} is not taken over");
        foreach (var key in fields.Keys.CountBy(key => key).Where(count => count.Value > 1))
            Remark($"key {key.Key} stands twice; the first one was taken");
    }

    /// <returns>The text of a merlon.yml; null, with findings, when the file can't be read as such a configuration.</returns>
    public static string? Convert(string path, ReadOnlySpan<byte> bytes, List<Diagnostic> diagnostics)
    {
        var file = YamlFile.Parse(path, bytes, keepsDuplicateKeys: true);
        diagnostics.AddRange(file.Diagnostics);
        if (file is not { Diagnostics: [], Documents: [{ Root: YamlMapping mapping }] })
        {
            if (file.Diagnostics.IsEmpty)
                diagnostics.Add(ConfigurationDiagnostics.UnreadableFile.At(SourceSpan.StartOf(path), "file holds something else than one map; name a validation configuration of sigma-cli"));
            return null;
        }
        SigmaCliConfiguration configuration = new(mapping, diagnostics);
        return diagnostics.Any(diagnostic => diagnostic.Severity == Severity.Error) ? null : configuration.Write(path[(path.LastIndexOfAny(['/', '\\']) + 1)..]);
    }

    // In the order of the file, as sigma-cli does: a name adds, one with '-' takes away.
    private void Choose(YamlScalar written)
    {
        if (written.Value == AllValidators)
            _validators.UnionWith(Names);
        else if (Known(written, written.Value.TrimStart('-')) is not { } name)
            Remark($"validator {written.Value} is not known");
        else if (written.Value.StartsWith('-'))
            _validators.Remove(name);
        else
            _validators.Add(name);
    }

    private void Exclude(YamlScalar rule, YamlNode names)
    {
        if (!Guid.TryParse(rule.Value, out var id))
            _diagnostics.Add(ConfigurationDiagnostics.BadValue.At(rule.Span, $"'{rule.Value}' is not the id of a rule; exclusions are by UUID"));
        foreach (var name in names is YamlSequence list ? list.Items.AsEnumerable() : [names])
            if (name is not YamlScalar { IsNull: false } written)
                _diagnostics.Add(ConfigurationDiagnostics.BadValue.At(name.Span, $"exclusion is {name.Kind}; write the name of a validator or a list of names"));
            else if (Known(written, written.Value) is not { } known)
                Remark($"validator {written.Value} is not known; it was excluded for {id}");
            else
                _exclusions.Add(($"{id}", known));
    }

    private string? Known(YamlScalar written, string name)
    {
        if (Names.Contains(name))
            return name;
        _diagnostics.Add(LintDiagnostics.UnknownValidator.At(written.Span, $"'{name}' is not a validator of pySigma or SigmaHQ{(Spelling.Nearest(name, Names) is { } nearest ? $"; did you mean '{nearest}'?" : "; it is left out")}"));
        return null;
    }

    private string Write(string from)
    {
        // Without 'all' only what is named is on, and what the specification forbids.
        var (presetName, preset) = PresetNames.All.First(one => one.Preset == (_startsWithAll ? Preset.SigmaHq : Preset.Sigma));
        StringBuilder text = new($"# Written by 'merlon init' from {OneLine(from)}.\nlint:\n  preset: {presetName}\n");
        foreach (var name in SigmaCliNames.All)
            foreach (var id in name.Ids)
                WriteSeverity(text, name.Validator, id, preset);
        WriteExceptions(text);
        foreach (var remark in _remarks.Distinct())
            text.Append($"# {remark}\n");
        return text.ToString();
    }

    private void WriteSeverity(StringBuilder text, string validator, string id, Preset preset)
    {
        var isWanted = _validators.Contains(validator);
        if (LintRules.All.FirstOrDefault(rule => rule.Info.Id == id) is { } check)
        {
            if (check.Presets.HasFlag(preset) != isWanted)
                text.Append($"  {id}: {(isWanted ? check.Info.Severity.Name : "off")} # {validator}\n");
        }
        else if (!DiagnosticCatalog.Has(id) && isWanted)
            Remark($"{validator}: this version has no check for it");
        else if (DiagnosticCatalog.Has(id) && !isWanted && _startsWithAll)
            Remark($"{validator}: {id} stays on, because a rule that has it cannot be read");
    }

    private void WriteExceptions(StringBuilder text)
    {
        var rows = _exclusions.SelectMany(exclusion => SigmaCliNames.All.Where(name => name.Validator == exclusion.Validator).SelectMany(name => name.Ids)
            .Select(id => (Id: id, exclusion.Rule, exclusion.Validator))).ToArray();
        foreach (var row in rows.Where(row => !DiagnosticCatalog.Has(row.Id)))
            Remark($"{row.Validator} was excluded for {row.Rule}: this version has no check for it");
        var known = rows.Where(row => DiagnosticCatalog.Has(row.Id)).GroupBy(row => (row.Id, row.Validator)).OrderBy(group => group.Key.Id, StringComparer.Ordinal).ToArray();
        if (known.Length > 0)
            text.Append("  except:\n");
        foreach (var group in known)
            text.Append($"    {group.Key.Id}: # {group.Key.Validator}\n{string.Concat(group.Select(row => row.Rule).Distinct().Order(StringComparer.Ordinal).Select(rule => $"      - {rule}\n"))}");
    }

    private void Remark(string text) => _remarks.Add(OneLine(text));

    // Text of the file in a comment: it must not end the comment.
    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c));
}
