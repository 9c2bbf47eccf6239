using System.Collections.Immutable;
using System.Globalization;
using Merlon.Core.Coverage;

namespace Merlon.Core.Report;

/// <summary>Layers of the whole matrix in scope, whoever uses a technique: what is not covered has score 0.</summary>
internal static class MatrixLayers
{
    private const string Nothing = "#ffffff";
    private const string One = "#a1d99b";
    private const string Several = "#31a354";

    private static readonly ImmutableArray<(Level Level, int Score, string Colour)> Levels =
        [(Level.None, 0, Nothing), (Level.Claimed, 25, "#fdd49e"), (Level.Deployable, 50, "#a1d99b"), (Level.Tested, 75, "#41ab5d"), (Level.Validated, 100, "#006d2c")];

    /// <summary>The rules that reach the level of the definition: 0 for none, 50 for one, 100 for more. A technique that is covered by its sub-techniques has their rules.</summary>
    public static Layer Coverage(ProgramCoverage coverage, LayerSettings settings)
    {
        var level = coverage.Definition.Level;
        LayerTechnique Of(TechniqueCoverage technique)
        {
            var rules = RulesOf(technique, coverage);
            var below = technique.Claims.Count(claim => !claim.Proves(level));
            string[] lines =
            [
                .. rules.IsEmpty && below == 0 ? [] : new[] { string.Create(CultureInfo.InvariantCulture, $"{rules.Length} detection rule(s)") },
                .. LayerText.Some([.. rules.Select(claim => settings.Line(RuleName.Of(claim.Rule)))]),
                .. below == 0 ? [] : new[] { string.Create(CultureInfo.InvariantCulture, $"{below} more below {level.Name}") },
                .. Notes(technique, level, settings),
            ];
            var score = rules.Length switch { 0 => 0, 1 => 50, _ => 100 };
            return new(technique.Technique, score, string.Join('\n', lines))
            {
                Colour = score switch { 0 => null, 50 => One, _ => Several },
                Links = settings.LinksTo(rules.Select(claim => (claim.Rule, false))),
            };
        }
        return Whole(coverage, settings, "coverage", "Techniques by the rules that reach the level of the definition.", Of,
            [("no rule", Nothing), ("1 rule", One), ("2 or more rules", Several)], [Nothing, One, Several]);
    }

    /// <summary>The level that is shown: 0 none, 25 claimed, 50 deployable, 75 tested, 100 validated. That a rule is deployed is a fact beside them, and in the metadata.</summary>
    public static Layer Evidence(ProgramCoverage coverage, LayerSettings settings)
    {
        LayerTechnique Of(TechniqueCoverage technique)
        {
            var (level, score, colour) = Levels.Single(one => one.Level == technique.Level);
            Claim[] claims = [.. technique.Claims.Where(claim => claim.Level > Level.None)];
            string[] lines =
            [
                .. level == Level.None ? [] : new[] { level.Name },
                .. LayerText.Some([.. claims.Select(claim => $"{settings.Line(RuleName.Of(claim.Rule))} ({claim.Level.Name})")]),
                .. Notes(technique, level, settings),
            ];
            return new(technique.Technique, score, string.Join('\n', lines))
            {
                Colour = score == 0 ? null : colour,
                Metadata = technique.Proofs.Has(Level.Deployed) ? [("deployed", "yes")] : [],
                Links = settings.LinksTo(claims.Select(claim => (claim.Rule, false))),
            };
        }
        return Whole(coverage, settings, "evidence", "Techniques by what is proved of the rules that detect them.", Of, [.. Levels.Select(one => (one.Level.Name, one.Colour))], [.. Levels.Select(one => one.Colour)]);
    }

    private static Layer Whole(
        ProgramCoverage coverage, LayerSettings settings, string kind, string description, Func<TechniqueCoverage, LayerTechnique> of, ImmutableArray<(string, string)> legend, ImmutableArray<string> gradient)
    {
        var matrix = coverage.Everything(settings.Date);
        // A scope of platforms leaves PRE out as long as nothing detects it.
        var pre = matrix.Pre.Select(of).Where(one => coverage.Definition.Platforms.IsEmpty || one.IsPainted);
        return settings.Base(coverage.Release, coverage.Definition, $"{settings.Line(settings.Program)}: {kind}", description, legend, [.. ActorLayers.LeftOut(matrix), ("deployed", Deployed(matrix))]) with
        {
            IsWhole = true,
            Gradient = gradient,
            Techniques =
            [
                .. matrix.Techniques.Select(of).Concat(pre)
                    .Concat(matrix.Excluded.Select(one => LayerTechnique.Off(one.Technique, one.Scoped.LeftOutBy is { } exclusion ? LayerText.Of(exclusion with { Reason = settings.Names.In(exclusion.Reason) }, showsReason: true) : "excluded")))
                    .OrderBy(one => one.Technique.Id),
            ],
        };
    }

    // The claims that make a technique covered, a rule once.
    private static ImmutableArray<Claim> RulesOf(TechniqueCoverage technique, ProgramCoverage coverage)
    {
        if (!technique.IsCovered)
            return [];
        var level = coverage.Definition.Level;
        ImmutableArray<Claim> own = [.. technique.Claims.Where(claim => claim.Proves(level))];
        return !own.IsEmpty ? own : [.. coverage.Release.SubTechniques(technique.Id).SelectMany(sub => coverage.Claims.On(sub.Id)).Where(claim => claim.Proves(level)).DistinctBy(claim => claim.Rule)];
    }

    private static IEnumerable<string> Notes(TechniqueCoverage technique, Level level, LayerSettings settings)
    {
        if (level != Level.None && technique.Proofs.Has(level) && !technique.Claims.Any(claim => claim.Proves(level)))
            yield return "by its sub-techniques";
        if (technique.Partial is { } partial)
            yield return ActorLayers.Part(partial);
        if (technique.Scoped.Accepted is { } accepted && !technique.IsCovered)
            yield return LayerText.Of(accepted with { Reason = settings.Names.In(accepted.Reason) }, showsReason: true);
    }

    private static string Deployed(ActorCoverage matrix) =>
        matrix.CountAt(Level.Deployed) is > 0 and var count ? string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "technique" : "techniques")}") : "";
}
