using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using CsCheck;
using Merlon.Core.Sigma;
using Xunit;

namespace Merlon.Core.Tests;

public class SatisfiabilityTests
{
    // Selections and a condition, in the form of YAML's flow style.
    [Theory]
    [InlineData("a: {F: x}, condition: a and not a", true)]
    [InlineData("a: {F: x}, b: {F: X}, condition: a and not b", true)]
    [InlineData("a: {F: x}, b: {f: x}, condition: a and not b", false)]
    [InlineData("a: {F: x}, b: {F: y}, condition: a and b", false)] // a field may have several values
    [InlineData("a: {F: x, G: y}, b: {F: x}, condition: a and not b", true)]
    [InlineData("a: {F: x}, b: {F: x, G: y}, condition: a and not b", false)]
    [InlineData("a: {F: [x, y]}, b: {F: [y, z, x]}, condition: a and not b", true)]
    [InlineData("a: {F: [x, y, w]}, b: {F: [y, z, x]}, condition: a and not b", false)]
    [InlineData("a: {F: [x, y], G: [1, 2]}, b: {F: [x, y, z], G: [1, 2, 3]}, condition: a and not b", true)]
    [InlineData("a: {F: [x, y], G: [1, 2]}, b: {F: [x, y], G: 1}, c: {F: [x, y], G: 2}, condition: a and not 1 of b and not c", true)]
    [InlineData("a: {F: x}, b: [{F: x}, {G: y}], condition: a and not b", true)]
    [InlineData("a: {F: x}, b: [{F: x, H: z}, {G: y}], condition: a and not b", false)]
    [InlineData(@"a: {F|endswith: '\a.exe'}, b: {F|endswith: .exe}, condition: a and not b", true)]
    [InlineData(@"a: {F|endswith: .exe}, b: {F|endswith: '\a.exe'}, condition: a and not b", false)]
    [InlineData("a: {F|contains: abcd}, b: {F|contains: bc}, condition: a and not b", true)]
    [InlineData("a: {F|startswith: abcd}, b: {F|contains: bc}, condition: a and not b", true)]
    [InlineData("a: {F: abcd}, b: {F: a*c?}, condition: a and not b", true)]
    [InlineData("a: {F: a*d}, b: {F: a?d}, condition: a and not b", false)]
    [InlineData("a: {F: a?d}, b: {F: a*d}, condition: a and not b", true)]
    [InlineData("a: {F: a**d}, b: {F: a*d}, condition: a and not b", true)]
    [InlineData("a: {F: x}, b: {F: '*'}, condition: a and not b", true)]
    [InlineData("a: {F: ''}, b: {F: '*'}, condition: a and not b", true)]
    [InlineData("a: {F: ''}, b: {F: '?*'}, condition: a and not b", false)]
    [InlineData("a: {F: null}, b: {F: '*'}, condition: a and not b", false)]
    [InlineData("a: {F: null}, b: {F: x}, condition: a and b", true)]
    [InlineData("a: {F: null}, b: {F: 5}, condition: a and b", true)]
    [InlineData("a: {F: null}, b: {F|re: x}, condition: a and b", true)]
    [InlineData("a: {F: null}, b: {F|fieldref: G}, condition: a and b", false)]
    [InlineData("a: {F: null}, b: {F|exists: true}, condition: a and b", false)] // there, and null
    [InlineData("a: {F: null}, b: {F|exists: false}, condition: b and not a", true)]
    [InlineData("a: {F|exists: true}, b: {F|exists: false}, condition: a and b", true)]
    [InlineData("a: {F|exists: true}, b: {F|exists: false}, condition: not a and not b", true)]
    [InlineData("a: {F|exists: false}, b: {F|gt: 5}, condition: a and b", true)]
    [InlineData("a: {F|cidr: 10.0.0.0/8}, b: {F|exists: true}, condition: a and not b", true)]
    [InlineData("a: {F: 4624}, b: {F: '4624'}, condition: a and not b", true)]
    [InlineData("a: {F: 4624}, b: {F: 46*}, condition: a and not b", true)]
    [InlineData("a: {F: true}, b: {F: 'True'}, condition: a and not b", true)]
    [InlineData("a: {F|cased: Ab}, b: {F: ab}, condition: a and not b", true)]
    [InlineData("a: {F: ab}, b: {F|cased: ab}, condition: a and not b", false)]
    [InlineData("a: {F: '12'}, b: {F|cased: '12'}, condition: a and not b", true)]
    [InlineData("a: {F|cased: Ab}, b: {F|cased: ab}, condition: a and not b", false)]
    [InlineData("a: {F|cased: Ab}, b: {F|cased|startswith: A}, condition: a and not b", true)]
    [InlineData("a: {F|expand: '%x%'}, b: {F|expand: '%x%'}, condition: a and not b", true)]
    [InlineData("a: {F|expand: '%x%'}, b: {F|expand: '%y%'}, condition: a and not b", false)]
    [InlineData("a: {F|expand: 'a%x%'}, b: {F: a*}, condition: a and not b", true)]
    [InlineData("a: {F: abc}, b: {F|expand: 'a%x%'}, condition: a and not b", false)]
    [InlineData("a: {F|re: x+}, b: {F|re: x+}, condition: a and not b", true)]
    [InlineData("a: {F|re: x+}, b: {F|re|i: x+}, condition: a and not b", false)]
    [InlineData("a: {F|windash|contains: ' -x'}, b: {F|contains: ' /x'}, condition: a and not b", false)]
    [InlineData("a: {F|contains: ' /x'}, b: {F|windash|contains: ' -x'}, condition: a and not b", true)]
    [InlineData("a: {F|windash|contains: ' -x'}, b: {F|windash|contains: -x}, condition: a and not b", true)]
    [InlineData("a: {F|neq: x}, b: {F: x}, condition: a and b", true)]
    [InlineData("a: {F|contains|all: [x, y]}, b: {F|contains: y}, condition: a and not b", true)]
    [InlineData("a: [x, y], b: [y, X], condition: a and not b", true)]
    [InlineData("a: [xyz], b: [y], condition: a and not b", false)] // tools cut events into words
    [InlineData("a: {F: 😀}, b: {F: '??'}, condition: a and not b", false)]
    [InlineData("a: {F: x}, b: {G: x}, c: {H: x}, condition: (a or b) and (not a or c) and (not b or c) and not c", true)]
    [InlineData("a: {F: x}, b: {G: x}, c: {H: x}, condition: (a or b) and (not a or c) and (not b or c)", false)]
    [InlineData("a: {F: x}, b: {G: x}, condition: (a or b) and (a or not b) and (not a or b) and (not a or not b)", true)]
    public void What_no_event_can_be_is_never(string detection, bool isNever) => Assert.Equal(isNever, Satisfiability.IsNever(Read(detection)));

    // Pigeons do not fit into fewer holes. For eight of them that takes longer to find out than anybody waits.
    [Theory]
    [InlineData(2, true)]
    [InlineData(3, true)]
    [InlineData(7, false)]
    public void What_takes_too_long_counts_as_possible(int holes, bool isNever) => Assert.Equal(isNever, Satisfiability.IsNever(Pigeons(holes, "a")));

    [Fact]
    public void A_choice_is_made_once_though_others_are_within_it() =>
        Assert.True(Satisfiability.IsNever(new OrExpression([Pigeons(2, "a"), Pigeons(2, "b"), new AndExpression([Pigeons(2, "c"), Pigeons(2, "d")])])));

    private static AndExpression Pigeons(int holes, string name)
    {
        Expression In(int pigeon, int hole) => new MatchExpression($"{name}{pigeon}/{hole}", SigmaString.OfText("x"));
        Expression[] placed = [.. Enumerable.Range(0, holes + 1).Select(pigeon => new OrExpression([.. Enumerable.Range(0, holes).Select(hole => In(pigeon, hole))]))];
        Expression[] alone = [.. Enumerable.Range(0, holes).SelectMany(hole => Enumerable.Range(0, holes + 1).SelectMany(one => Enumerable.Range(0, one).Select(other =>
            new NotExpression(new AndExpression([In(one, hole), In(other, hole)])))))];
        return new([.. placed, .. alone]);
    }

    [Fact]
    public void A_strangers_expression_is_given_up_in_time()
    {
        var wildcards = $"a: {{F: '{string.Concat(Enumerable.Repeat("x", 200_000))}'}}, b: {{F: '{string.Concat(Enumerable.Repeat("*x?x", 50_000))}y'}}";
        var names = $"s: {{F: [{string.Join(", ", Enumerable.Range(0, 10_000))}]}}, condition: {string.Join(" or ", Enumerable.Repeat("s", 50_000))}";
        var clock = Stopwatch.StartNew();
        Assert.False(Satisfiability.IsNever(Read(names)));
        Assert.False(Satisfiability.IsNever(Read($"{wildcards}, condition: a and not b")));
        foreach (var isReversed in new[] { false, true })
            Assert.False(Satisfiability.IsNever(new AndExpression([.. Lengths(isReversed).Select(length => new MatchExpression("F", SigmaString.Parse(new string('x', length) + "*")))])));
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }

    private static IEnumerable<int> Lengths(bool isReversed) => isReversed ? Enumerable.Range(0, 3000).Reverse() : Enumerable.Range(0, 3000);

    private static readonly ImmutableArray<SigmaValue> SomeValues =
    [
        .. new[] { "x", "X", "xy", "x*", "*x", "*x*", "*", "?", "?*", "", "1", "x?y*" }.Select(SigmaString.Parse),
        SigmaString.Parse("X*") with { IsCased = true }, SigmaString.Parse("x") with { IsCased = true },
        new SigmaNumber(1), new SigmaNull(), new SigmaExists(true), new SigmaExists(false), new SigmaRegex("x", ""), new SigmaExpansion([SigmaString.Parse("x"), SigmaString.Parse("y*")]),
    ];

    private static readonly Gen<Expression> AnyMatch = Gen.Select(Gen.Bool, Gen.Int[0, SomeValues.Length - 1], (isOne, value) => (Expression)new MatchExpression(isOne ? "F" : "G", SomeValues[value]));

    private static Gen<Expression> AnyExpression(int depth) => depth == 0 ? AnyMatch : Gen.Select(Gen.Int[0, 3], AnyExpression(depth - 1).Array[2, 4], (kind, operands) => kind switch
    {
        0 => operands[0],
        1 => new NotExpression(operands[0]),
        2 => new AndExpression([.. operands]),
        _ => (Expression)new OrExpression([.. operands]),
    });

    private static readonly string[] Texts = ["", "x", "X", "y", "xy", "Xay", "yx", "1", "axb"];

    // A field: absent, null, or one or two of these texts.
    private static readonly ImmutableArray<string[]?> Contents = [null, [], .. Texts.SelectMany((one, index) => Texts.Take(index + 1).Select(other => new[] { one, other }))];

    [Fact]
    public void What_an_event_matches_is_never_never()
    {
        var (nevers, count) = (0, 0);
        AnyExpression(3).Sample(expression =>
        {
            Interlocked.Increment(ref count);
            if (!Satisfiability.IsNever(expression))
                return true;
            Interlocked.Increment(ref nevers);
            return !Contents.Any(one => Contents.Any(other => Matches(expression, one, other)));
        }, iter: 3_000);
        Assert.InRange(nevers, count / 200, count / 2);
    }

    private static bool Matches(Expression expression, string[]? one, string[]? other) => expression switch
    {
        AndExpression and => and.Operands.All(operand => Matches(operand, one, other)),
        OrExpression or => or.Operands.Any(operand => Matches(operand, one, other)),
        NotExpression not => !Matches(not.Operand, one, other),
        MatchExpression match => Matches(match.Value, match.Field == "F" ? one : other),
        _ => throw new InvalidOperationException(),
    };

    private static bool Matches(SigmaValue value, string[]? content) => value switch
    {
        SigmaNull => content is null or [],
        SigmaExists exists => exists.IsThere == content is not null,
        SigmaExpansion expansion => expansion.Forms.Any(form => Matches(form, content)),
        SigmaNumber number => content?.Contains($"{number.Number}") == true,
        SigmaRegex regex => content?.Any(text => text.Contains(regex.Pattern, StringComparison.Ordinal)) == true,
        SigmaString text => content?.Any(one => Matches([.. text.Parts.SelectMany(Signs)], text.IsCased, one)) == true,
        _ => throw new InvalidOperationException(),
    };

    private static IEnumerable<string> Signs(StringPart part) => part.Kind == StringPartKind.Text ? part.Text.Select(c => $"{c}") : [part.Kind == StringPartKind.Any ? "any" : "one"];

    private static bool Matches(ReadOnlySpan<string> signs, bool isCased, string text) => signs switch
    {
        [] => text.Length == 0,
        ["any", .. var rest] => Matches(rest, isCased, text) || (text.Length > 0 && Matches(signs, isCased, text[1..])),
        [var sign, .. var rest] => text.Length > 0 && (sign == "one" || sign.Equals(text[..1], isCased ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase)) && Matches(rest, isCased, text[1..]),
    };

    private static Expression Read(string detection)
    {
        var rule = Assert.Single(SigmaFile.Parse("a.yml", Encoding.UTF8.GetBytes($"title: a\nlogsource: {{product: windows}}\ndetection: {{{detection}}}\n")).Rules);
        Assert.True(rule.IsValid);
        return Expression.Of(rule.Detection!.Conditions.Single(), rule.Detection)!; // the rule is valid
    }
}
