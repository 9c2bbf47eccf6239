using System.Collections.Immutable;
using Merlon.Core.Attack;

namespace Merlon.Core.Sources.Elastic;

/// <summary>
/// Reads <c>threat</c> of Elastic's rules: entries of a framework, each with a tactic and the techniques that serve it, with their sub-techniques
/// below them. A technique that has some is only their holder.
/// </summary>
internal sealed class ElasticThreats(ImmutableArray<AttackRelease> releases)
{
    private readonly AttackFields _fields = new(releases);

    public ImmutableArray<AttackTag> Tags => _fields.Tags;

    public void Read(RecordFields rule)
    {
        foreach (var threat in rule.Maps("threat"))
            if (threat.Text("framework") is not { } framework || IsAttack(framework.Value))
                ReadEntry(threat);
    }

    /// <summary>The ids of a hunt, which has no tactics.</summary>
    public void ReadHunt(RecordFields hunt)
    {
        foreach (var id in hunt.Texts("mitre"))
            _fields.Technique(id);
    }

    // Others, as MITRE ATLAS, have ids of other forms.
    private static bool IsAttack(string framework) => framework.Contains("ATT&CK", StringComparison.OrdinalIgnoreCase);

    // Techniques may stand before the tactic.
    private void ReadEntry(RecordFields threat)
    {
        if (threat.Map("tactic") is { } tactic && (tactic.Text("id") ?? tactic.Text("name")) is { } name)
            _fields.Tactic(name);
        foreach (var technique in threat.Maps("technique"))
        {
            var subs = technique.Maps("subtechnique").ToArray();
            ReadTechnique(technique, isHolder: subs.Length > 0);
            foreach (var sub in subs)
                ReadTechnique(sub, isHolder: false);
        }
    }

    private void ReadTechnique(RecordFields technique, bool isHolder)
    {
        if (technique.Text("id") is not { } id)
        {
            technique.Report(technique.Span, "technique has no id; write one, such as T1003");
            return;
        }
        var read = _fields.Technique(id, isHolder);
        if (read is [{ Kind: AttackTagKind.Technique } tag] && technique.Text("reference") is { } reference
            && _fields.Mentioned(reference.Value).FirstOrDefault() is var named && named != default && named != tag.Technique)
            technique.Report(reference.Span, $"reference is of {named}, and the id is {tag.Name}, which counts; correct one of them");
    }
}
