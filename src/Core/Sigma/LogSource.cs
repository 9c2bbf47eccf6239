namespace Merlon.Core.Sigma;

/// <summary>What a rule's events are: at least one of the three is there. Sigma 2.1, section "Log source".</summary>
internal sealed record LogSource(SigmaText? Category, SigmaText? Product, SigmaText? Service)
{
    /// <summary>The parts that are there, <c>windows/process_creation</c>.</summary>
    public override string ToString() =>
        string.Join('/', new[] { Product, Category, Service }.OfType<SigmaText>().Select(part => part.Value));

    /// <summary>Whether a filter of this log source applies to a rule of the other: each part that is here is the other's too.</summary>
    public bool Covers(LogSource other) => Same(Category, other.Category) && Same(Product, other.Product) && Same(Service, other.Service);

    private static bool Same(SigmaText? own, SigmaText? other) => own is null || own.Value == other?.Value;
}
