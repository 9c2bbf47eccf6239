using System.Text.RegularExpressions;
using Merlon.Core.Sigma;

namespace Merlon.Core.Matching;

/// <summary>A regular expression that can be run.</summary>
/// <param name="RequiredText">A text that is in whatever matches, whatever its case; null where there is none.</param>
internal sealed record RegexExpression(string Written, Regex Regex, string? RequiredText)
{
    /// <summary>How long the engine may go back and forth in one text.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    private const int MaxLength = 8_000;

    // Characters of the expression when its repetitions are written out.
    private const int MaxSize = 20_000;

    /// <summary>The expression, or why it cannot be run.</summary>
    public static (RegexExpression? Expression, string? Defect) Of(string pattern, string flags)
    {
        if (pattern.Length > MaxLength)
            return (null, $"a regular expression has {pattern.Length} characters, and {MaxLength} are the limit");
        var syntax = RegexSyntax.Parse(pattern, flags);
        if (syntax.Root is null)
            return (null, $"the regular expression '{pattern}' is not valid: {syntax.Error?.Message}");
        if (SizeOf(syntax.Root) > MaxSize)
            return (null, $"the regular expression '{pattern}' repeats more than {MaxSize} characters");
        var (translated, defect) = RegexTranslation.Of(pattern);
        if (translated is null)
            return (null, $"the regular expression '{pattern}' has {defect}, which cannot be evaluated");
        var options = RegexOptions.CultureInvariant | (flags.Contains('i') ? RegexOptions.IgnoreCase : 0) | (flags.Contains('m') ? RegexOptions.Multiline : 0) | (flags.Contains('s') ? RegexOptions.Singleline : 0);
        try
        {
            return (new(pattern, Create(translated, options), RequiredIn(syntax.Root, flags.Contains('i') || pattern.Contains("(?", StringComparison.Ordinal))), null);
        }
        catch (ArgumentException e)
        {
            return (null, $"the regular expression '{pattern}' cannot be evaluated: {e.Message.TrimEnd('.')}");
        }
    }

    private static Regex Create(string pattern, RegexOptions options)
    {
        try
        {
            return new(pattern, options | RegexOptions.NonBacktracking, Timeout);
        }
        catch (NotSupportedException)
        {
            return new(pattern, options, Timeout);
        }
    }

    private static long SizeOf(RegexNode node) => node switch
    {
        RegexSequence sequence => sequence.Parts.Sum(SizeOf) + 1,
        RegexChoice choice => choice.Alternatives.Sum(SizeOf) + 1,
        RegexLoop loop => Math.Min(SizeOf(loop.Body) * Math.Max(1, loop.Max is null or int.MaxValue ? loop.Min : loop.Max.Value), MaxSize * 2),
        RegexAtomic atomic => SizeOf(atomic.Body),
        _ => 1,
    };

    // The longest run of characters that must all be there.
    private static string? RequiredIn(RegexNode node, bool mayIgnoreCase)
    {
        string best = "", run = "";
        Walk(node);
        End();
        return best.Length > 0 ? best : null;

        void Walk(RegexNode part)
        {
            switch (part)
            {
                case RegexCharacter { Set: var set } when Single(set, mayIgnoreCase) is { } c:
                    run += c;
                    break;
                case RegexSequence sequence:
                    foreach (var inner in sequence.Parts)
                        Walk(inner);
                    break;
                case RegexAtomic atomic:
                    Walk(atomic.Body);
                    break;
                case RegexLoop { Min: > 0 } loop:
                    End();
                    Walk(loop.Body);
                    End();
                    break;
                case RegexAssertion { Place: RegexPlace.Start or RegexPlace.End }:
                    break;
                default:
                    End();
                    break;
            }
        }

        void End() => (best, run) = (run.Length > best.Length ? run : best, "");
    }

    // Beyond ASCII there are other forms of some letters.
    private static char? Single(AsciiSet set, bool mayIgnoreCase)
    {
        for (var c = ' '; c < 127; c++)
            if (set.Contains(c))
                return set == AsciiSet.Of(c) || (set == AsciiSet.Of(c).InBothCases() && c is not ('I' or 'K' or 'S')) ? mayIgnoreCase && c is 'i' or 'k' or 's' or 'I' or 'K' or 'S' ? null : c : null;
        return null;
    }
}
