namespace Merlon.Core.Evidence;

/// <summary>A log source as a Sigma rule would name it: product, category, service.</summary>
internal sealed record WrittenLogSource(string? Product, string? Category, string? Service)
{
    /// <summary>The parts that are there, <c>windows/process_creation</c>, as a rule's log source prints.</summary>
    public override string ToString() => string.Join('/', new[] { Product, Category, Service }.OfType<string>());

    /// <summary>Reads <c>windows/process_creation/</c>: three parts, each may be empty.</summary>
    public static WrittenLogSource Parse(string text) =>
        text.Split('/') is [var product, var category, var service] ? new(Part(product), Part(category), Part(service)) : throw new FormatException($"'{text}' is not product/category/service");

    private static string? Part(string text) => text.Length == 0 ? null : text;
}
