using System.Collections.Immutable;
using Merlon.Core.Actors;
using Merlon.Core.Attack;
using Merlon.Core.Diagnostics;
using Merlon.Core.Git;
using Merlon.Core.Sigma;
using Merlon.Core.Sources;
using Merlon.Core.Sources.Elastic;
using Merlon.Core.Sources.Sentinel;
using Merlon.Core.Sources.Splunk;
using Merlon.Core.Yaml;

namespace Merlon.Core.Programs.Init;

/// <summary>Tells by its content what a file is. A format is only said where a file reads as it without a finding.</summary>
internal sealed class FileReader(ISourceTree tree, AttackRelease release)
{
    private static readonly RuleSource Elastic = Source(new ElasticToml()), Sentinel = Source(new SentinelYaml()), Content = Source(SplunkContent.Instance), Conf = Source(SplunkConf.Instance);

    /// <param name="path">From the root.</param>
    /// <param name="rules">Gets the file when it holds rules.</param>
    public FoundFile Read(string path, List<RuleFile> rules)
    {
        if (path.EndsWith(".conf", StringComparison.Ordinal))
            return ReadConf(path, rules);
        if (tree.TryRead(path, YamlFile.MaxBytes, out _) is not { } bytes || bytes.Length > YamlFile.MaxBytes)
            return new(path, FileKind.Other);
        bool Has(ReadOnlySpan<byte> word) => bytes.AsSpan().IndexOf(word) >= 0;
        if (path.EndsWith(".toml", StringComparison.Ordinal))
            return Has("[rule]"u8) || Has("[hunt]"u8) ? ReadAs(path, bytes, Elastic, rules) : new(path, FileKind.Other);
        if ((Has("detection"u8) || Has("correlation"u8) || Has("filter"u8)) && ReadSigma(path, bytes, rules) is { Kind: not FileKind.Other } sigma)
            return sigma;
        if (Has("query"u8) && (Has("tactics"u8) || Has("relevantTechniques"u8)) && ReadAs(path, bytes, Sentinel, rules) is { Kind: FileKind.Rule } sentinel)
            return sentinel;
        if (Has("mitre_attack_id"u8) && Has("search"u8) && ReadAs(path, bytes, Content, rules) is { Kind: FileKind.Rule } content)
            return content;
        if (Has("validators"u8) && IsSigmaCli(path, bytes))
            return new(path, FileKind.SigmaCli);
        return new(path, Has("name:"u8) && (Has("from:"u8) || Has("group:"u8) || Has("techniques:"u8)) && IsProfile(path, bytes) ? FileKind.Profile : FileKind.Other);
    }

    private static FoundFile ReadSigma(string path, byte[] bytes, List<RuleFile> rules)
    {
        var file = SigmaFile.Parse(path, bytes);
        var found = file.Rules.Count(IsSigma);
        if (found > 0)
        {
            rules.Add(RuleFile.Of(file, RuleSource.Sigma));
            return new(path, FileKind.Rule, SigmaSource.Instance, found);
        }
        // Of a document that YAML cannot read, its words are all there is.
        var isMeant = file.Rules.Any(rule => rule.Root.Find("logsource") is not null && rule.Root.Find("detection") is not null || rule.Root.Find("title") is not null && rule.Root.Find("detection") is not null)
            || (file.Rules.IsEmpty && bytes.AsSpan().IndexOf("logsource:"u8) >= 0 && bytes.AsSpan().IndexOf("detection:"u8) >= 0);
        return new(path, isMeant ? FileKind.Broken : FileKind.Other);
    }

    private static bool IsSigma(SigmaRule rule) => rule.Root.Find("title") is not null && (rule.Root.Find("correlation") is YamlMapping
        || (rule.Root.Find("logsource") is YamlMapping && (rule.Root.Find("detection") is YamlMapping || rule.Root.Find("filter") is YamlMapping)));

    private static FoundFile ReadAs(string path, byte[] bytes, RuleSource source, List<RuleFile> rules)
    {
        using MemoryStream content = new(bytes, writable: false);
        var file = source.Format.Read(path, content, source);
        if (file.Rules.IsEmpty || !file.Diagnostics.IsEmpty)
            return new(path, FileKind.Other);
        rules.Add(file);
        return new(path, FileKind.Rule, source.Format, file.Rules.Length);
    }

    private FoundFile ReadConf(string path, List<RuleFile> rules)
    {
        var file = RuleFiles.Read(tree, path, Conf);
        List<Diagnostic> diagnostics = [.. file.Diagnostics];
        var found = Conf.Format.Join([file], diagnostics).Count();
        if (found == 0 || diagnostics.Count > 0)
            return new(path, FileKind.Other);
        rules.Add(file);
        return new(path, FileKind.Rule, Conf.Format, found);
    }

    private static bool IsSigmaCli(string path, byte[] bytes) => YamlFile.Parse(path, bytes, keepsDuplicateKeys: true) is { Diagnostics: [], Documents: [{ Root: YamlMapping root }] }
        && root.Find("validators") is YamlSequence && root.Entries.All(entry => entry.Key.Value is "validators" or "exclusions" or "config");

    private bool IsProfile(string path, byte[] bytes)
    {
        List<Diagnostic> diagnostics = [];
        return ProfileReader.TryRead(path, bytes, [release], diagnostics, out var profile) && diagnostics.TrueForAll(diagnostic => diagnostic.Severity != Severity.Error)
            && (profile.From.Length > 0 || profile.Techniques.Length > 0);
    }

    private static RuleSource Source(IRuleSource format) => new() { Name = format.Name, Format = format, Releases = [AttackReleases.Newest(AttackDomain.Enterprise)] };
}
