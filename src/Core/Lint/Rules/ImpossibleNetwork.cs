using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;

namespace Merlon.Core.Lint.Rules;

internal sealed class ImpossibleNetwork : ItemLintRule
{
    public override DiagnosticInfo Info { get; } = new()
    {
        Id = "MRL2312",
        Title = "Invalid network in CIDR notation",
        Severity = Severity.Error,
        Rationale = """
            `cidr` takes an IPv4 or IPv6 network: an address, a slash and the length of the prefix, with all host bits zero. Tools
            refuse anything else, so the rule counts for nothing.
            """,
        Source = ModifierAppendix,
    };

    public override Preset Presets => Always;

    protected override bool IncludesFilters => true;

    protected override IEnumerable<Diagnostic> Check(DetectionItem item)
    {
        foreach (var (value, written) in item.Values.Zip(item.Written))
            if (value is SigmaCidr { Network: var network } && IpNetwork.DefectOf(network) is var (defect, meant))
                yield return Report(written.Span, defect, meant is not null && written.IsAsWritten && written.Value == network
                    ? new($"Write '{meant}'", IsSafe: false, new Edit(written.SpanOf(0, network.Length), meant)) : null);
    }
}
