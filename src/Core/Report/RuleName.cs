using Merlon.Core.Sources;

namespace Merlon.Core.Report;

/// <summary>What a rule is called where rules of several sources are listed.</summary>
internal static class RuleName
{
    /// <summary>The title; of another source than plain Sigma with the source's name behind it.</summary>
    public static string Of(DetectionRule rule) => rule.Source == RuleSource.Sigma ? rule.Title : $"{rule.Title} [{rule.Source.Name}]";
}
