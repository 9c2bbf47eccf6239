using Merlon.Core.Diagnostics;

namespace Merlon.Core.Sources.Elastic;

/// <summary>Files of elastic/detection-rules: a rule or a hunt each.</summary>
internal sealed class ElasticToml : IRuleSource
{
    public string Name => "elastic-toml";

    public int MaxBytes => TomlFile.MaxBytes;

    public RuleFile Read(string path, Stream content, RuleSource source)
    {
        using MemoryStream bytes = new();
        content.CopyTo(bytes);
        if (TomlFile.TryParse(path, bytes.GetBuffer().AsSpan(0, (int)bytes.Length), out var error) is not { } root)
            return RuleFile.Unreadable(path, source, error!); // TryParse gives a table or an error
        List<Diagnostic> diagnostics = [];
        RecordFields file = new(root, diagnostics);
        DetectionRule? rule = null;
        if (file.Has("rule"))
            rule = file.Map("rule") is { } fields ? ElasticRule.Read(fields, file.Map("metadata"), RuleState.Available, source, diagnostics) : null;
        else if (file.Has("hunt"))
            rule = file.Map("hunt") is { } fields ? ElasticRule.ReadHunt(fields, source, diagnostics) : null;
        else
            diagnostics.Add(InventoryDiagnostics.BadRecord.At(SourceSpan.StartOf(path), "file has neither a table rule nor a table hunt; leave it out of the entry's path"));
        return new(path, source) { Rules = rule is null ? [] : [rule], Diagnostics = [.. diagnostics] };
    }
}
