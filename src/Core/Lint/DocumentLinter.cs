using System.Collections.Immutable;
using System.Globalization;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sigma;
using Merlon.Core.Sources;

namespace Merlon.Core.Lint;

/// <summary>Asks the checks of single documents while a file is read, so that its tree need not be kept for them.</summary>
internal sealed class DocumentLinter(LintContext context, LintOptions options)
{
    private readonly ImmutableArray<DocumentLintRule> _checks = [.. LintRules.All.OfType<DocumentLintRule>().Where(options.MayReport)];

    /// <summary>Their ids.</summary>
    public ImmutableArray<string> Checks => field.IsDefault ? field = [.. _checks.Select(check => check.Info.Id)] : field;

    public DateOnly Date => context.Date;

    /// <summary>The day, where any of the checks asks for it; empty otherwise.</summary>
    public string DayOfChecks => _checks.Any(check => check.DependsOnDate) ? Date.ToString("O", CultureInfo.InvariantCulture) : "";

    public DocumentFindings Check(SigmaFile file)
    {
        var found = ImmutableArray.CreateBuilder<Diagnostic>();
        foreach (var rule in file.Rules)
            foreach (var check in _checks)
                foreach (var diagnostic in check.Check(rule, context))
                    found.Add(diagnostic);
        return new(Date, Checks, found.DrainToImmutable());
    }

    /// <summary>What a check found in every document while it was read; null where it was not asked in all of them, on this day.</summary>
    public static IEnumerable<Diagnostic>? FindAll(DocumentLintRule check, RuleSet rules, LintContext context) =>
        rules.Found.TryGetValue((check.Info.Id, context.Date), out var found) ? found : null;
}
