namespace Merlon.Core.Sigma;

/// <summary>What a rule's events are: at least one of the three is there. Sigma 2.1, section "Log source".</summary>
internal sealed record LogSource(SigmaText? Category, SigmaText? Product, SigmaText? Service)
{
    /// <summary>The parts that are there, <c>windows/process_creation</c>.</summary>
    public override string ToString() =>
        string.Join('/', new[] { Product, Category, Service }.OfType<SigmaText>().Select(part => part.Value));
}
