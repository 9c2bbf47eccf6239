namespace Merlon.Core.Diagnostics;

/// <summary>What every finding of one id shares. Its page under <c>docs/rules/</c> is generated from it.</summary>
internal sealed record DiagnosticInfo
{
    /// <summary><c>MRL</c> and four digits; never reused for something else.</summary>
    public required string Id { get; init; }

    /// <summary>What is wrong, without a value of the input and without a full stop.</summary>
    public required string Title { get; init; }

    /// <summary>The severity unless configuration says otherwise.</summary>
    public required Severity Severity { get; init; }

    /// <summary>Why it matters and what to do, in Markdown.</summary>
    public required string Rationale { get; init; }

    /// <summary>The specification or publication that the check follows.</summary>
    public string? Source { get; init; }

    /// <summary>The id's page, as a path in Merlon's repository.</summary>
    public string Page => $"docs/rules/{Id}.md";

    /// <summary>A finding of this id.</summary>
    public Diagnostic At(SourceSpan span, string message) => new(this, span, message);
}
