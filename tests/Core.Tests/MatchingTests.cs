using System.Text;
using CsCheck;
using Merlon.Core.Diagnostics;
using Merlon.Core.Matching;
using Merlon.Core.Sigma;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>What values, modifiers, conditions and filters ask of an event.</summary>
public class MatchingTests
{
    [Theory]
    // Case, wildcards, escapes.
    [InlineData("F: 'Straße'", """{"F":"STRAßE"}""", true)]
    [InlineData("F: 'ÉCOLE'", """{"F":"école"}""", true)]
    [InlineData("F: 'a*c'", """{"F":"a\r\n*c"}""", true)]
    [InlineData("F: 'a?c'", """{"F":"a\uD83D\uDE00c"}""", true)]
    [InlineData("F: 'a?c'", """{"F":"a\nc"}""", true)]
    [InlineData("F: '*a?b*a?c'", """{"F":"aaxbaaxbaxc"}""", true)]
    [InlineData("F: 'ab*ab'", """{"F":"ab"}""", false)]
    [InlineData("F: 'ab*?'", """{"F":"ab"}""", false)]
    [InlineData("F: '*'", """{"F":""}""", true)]
    [InlineData("F: '*'", """{"F":null}""", false)]
    [InlineData("F: '**'", """{"F":1}""", true)]
    [InlineData("F: 'x\\\\*'", """{"F":"x\\y"}""", true)]
    [InlineData("F|contains: ''", """{"G":1}""", false)]
    [InlineData("F|startswith|cased: 'Qu'", """{"F":"quill"}""", false)]
    // Numbers, truth values, null.
    [InlineData("F: 10", """{"F":10.0}""", true)]
    [InlineData("F: '10'", """{"F":1e1}""", true)]
    [InlineData("F: 10", """{"F":"10.0"}""", false)]
    [InlineData("F: 7", """{"F":"007"}""", false)]
    [InlineData("F: 0x1F", """{"F":31}""", true)]
    [InlineData("F: 1", """{"F":true}""", false)]
    [InlineData("F: false", """{"F":"FALSE"}""", true)]
    [InlineData("F: null", """{"F":""}""", false)]
    [InlineData("F: null", """{"F":[]}""", true)]
    [InlineData("F: null", """{"F":{"x":1}}""", false)]
    [InlineData("F: [null, '']", """{"F":""}""", true)]
    [InlineData("F: []", """{"G":1}""", true)]
    [InlineData("F|exists: false", """{"F":null}""", false)]
    [InlineData("F|gt: 3", """{"F":"0x10"}""", false)]
    [InlineData("F|gt: 3", """{"F":"1e40"}""", true)]
    [InlineData("F|lte: 2.5", """{"F":[9, 2.5]}""", true)]
    [InlineData("F|lt: 3", """{"G":1}""", false)]
    // Negation of the item, lists of the event.
    [InlineData("F|neq: a", """{"G":1}""", true)]
    [InlineData("F|neq: a", """{"F":["b","A"]}""", false)]
    [InlineData("F|all: [a, b]", """{"F":["b","a"]}""", true)]
    [InlineData("F|contains|all: [a, b]", """{"F":["xa","xb"]}""", true)]
    // Regular expressions.
    [InlineData("F|re: 'b.d'", """{"F":"abcde"}""", true)]
    [InlineData("F|re: 'a.c'", """{"F":"a\nc"}""", false)]
    [InlineData("F|re|s: 'a.c'", """{"F":"a\nc"}""", true)]
    [InlineData("F|re|m|i: '^B$'", """{"F":"a\nb\nc"}""", true)]
    [InlineData("F|re: '(?<!x)y'", """{"F":"xy"}""", false)]
    [InlineData("F|re: '(a|b)\\1'", """{"F":"xbb"}""", true)]
    [InlineData("F|re: '^[[:alpha:]]+[]_[-]$'", """{"F":"abc["}""", true)]
    [InlineData("F|re: '^(?P<q>x){,2}$'", """{"F":"xx"}""", true)]
    [InlineData("F|re: '^\\Qa.b\\E\\x{41}\\_$'", """{"F":"a.bA_"}""", true)]
    [InlineData("F|re: '^[a-z-[aeiou]]$'", """{"F":"e]"}""", true)]
    [InlineData("F|re|startswith: 'b'", """{"F":"ab"}""", true)]
    // Networks.
    [InlineData("F|cidr: 10.1.0.0/255.255.0.0", """{"F":"10.1.200.3"}""", true)]
    [InlineData("F|cidr: 10.1.0.0/0.0.255.255", """{"F":"10.2.0.1"}""", false)]
    [InlineData("F|cidr: 0.0.0.0/0", """{"F":"10"}""", false)]
    [InlineData("F|cidr: 10.0.0.0/8", """{"F":"::ffff:10.0.0.5"}""", true)]
    [InlineData("F|cidr: 10.0.0.0/8", """{"F":"010.0.0.5"}""", false)]
    [InlineData("F|cidr: 'fe80::/10'", """{"F":"fe80::1%eth0"}""", true)]
    // Fields against fields.
    [InlineData("A|fieldref: B", """{"A":"X","B":["y","x"]}""", true)]
    [InlineData("A|fieldref: B", """{"C":1}""", false)]
    [InlineData("A|fieldref|contains: B", """{"A":"one two","B":"E T"}""", true)]
    [InlineData("A|fieldref|endswith: b.c", """{"A":"one two","b":{"c":"TWO"}}""", true)]
    // Encodings, dashes.
    [InlineData("F|utf16|base64: cmd", """{"F":"//5jAG0AZAA="}""", true)]
    [InlineData("F|base64offset|contains: a", """{"F":"zzzz"}""", false)]
    [InlineData("F|windash: '-a -b'", """{"F":"―a /b"}""", true)]
    [InlineData("F|windash: 'a-b'", """{"F":"a/b"}""", false)]
    // Parts of a timestamp as they are written.
    [InlineData("T|hour: 23", """{"T":"2025-03-04 23:05:06.789"}""", true)]
    [InlineData("T|hour: 23", """{"T":"2025-03-04T23:05:06.123456789+05:30"}""", true)]
    [InlineData("T|week: 1", """{"T":"2024-12-31"}""", true)]
    [InlineData("T|year|gte: 2025", """{"T":1741129506}""", true)]
    [InlineData("T|minute|lt: 5", """{"T":"5"}""", false)]
    // Names of fields.
    [InlineData("a.b.c: x", """{"a":[{"b":{"c":"y"}},{"b.c":["x"]}]}""", true)]
    [InlineData("a.b: x", """{"a.b":"x"}""", true)]
    [InlineData("f: x", """{"F":"x"}""", false)]
    [InlineData("'New Value': x", """{"NewValue":"x"}""", true)]
    [InlineData("NewValue: x", """{"New Value":"x"}""", true)]
    // Keywords.
    [InlineData("'|all': [left, 'r?ght']", """{"m":{"n":["turn LEFT"]},"o":"right?"}""", true)]
    [InlineData("'|re': '^ab+$'", """{"m":["abb"]}""", true)]
    [InlineData("'|endswith': tail", """{"m":"tailor"}""", false)]
    [InlineData("'|contains': key", """{"key":"value"}""", false)]
    public void An_item_matches(string item, string json, bool isMatch)
    {
        var matcher = MatchingScene.Item(item);
        Assert.Null(matcher.NotEvaluated);
        var e = MatchingScene.Event(json);
        Assert.Equal(isMatch, matcher.Matches(e));
        Assert.Equal(isMatch, matcher.Explain(e).Matched);
        Assert.Equal(isMatch, RuleIndex.Create([matcher]).Candidates(e).Any(rule => rule.Matches(e)));
    }

    [Theory]
    [InlineData("k: [4625, true], condition: k", """{"m":"id=14625"}""", true)]
    [InlineData("k: 'one line', condition: k", "\"a whole ONE LINE of syslog\"", true)]
    [InlineData("s: [{A: x, B: y}, word], condition: s", """{"C":"a word"}""", true)]
    [InlineData("a: {A: x}, b: {B: x}, _c: {C: x}, condition: all of them", """{"A":"x","B":"x"}""", true)]
    [InlineData("a: {A: x}, b: {B: x}, condition: [a and b, b]", """{"B":"x"}""", true)]
    [InlineData("a: {A: x}, b: {B: x}, condition: 'not 1 of them'", """{"C":"x"}""", true)]
    [InlineData("a: {A: x}, b: {B: x}, condition: 'not a or b'", """{"A":"x"}""", false)]
    public void A_rule_matches(string detection, string json, bool isMatch) =>
        Assert.Equal(isMatch, MatchingScene.Matcher(detection).Matches(MatchingScene.Event(json)));

    [Theory]
    [InlineData("F|expand: '%Servers%'", "the placeholder '%Servers%' has no values")]
    [InlineData("F|contans: x", "the rule is not valid")]
    [InlineData("F|cidr: 10.0.0.1/8", "host bits")]
    [InlineData("F|re: '(a'", "not valid")]
    [InlineData("F|re: 'a++b'", "a possessive quantifier")]
    [InlineData("F|re: '((a{500}){500}){500}'", "repeats more than")]
    [InlineData("F|re: '(?R)?a'", "cannot be evaluated")]
    public void What_cannot_be_evaluated_says_why_and_matches_nothing(string item, string reason)
    {
        var matcher = MatchingScene.Item(item);
        Assert.Contains(reason, matcher.NotEvaluated, StringComparison.Ordinal);
        var e = MatchingScene.Event("""{"F":"%Servers%"}""");
        Assert.Equal(MatchOutcome.NotEvaluated, matcher.Evaluate(e));
        Assert.StartsWith("not evaluated: ", matcher.Explain(e).Summary, StringComparison.Ordinal);
        Assert.Empty(RuleIndex.Create([matcher]).CandidatesOfAnySource(e));
    }

    [Fact]
    public void Filters_narrow_the_rules_that_they_name_in_their_log_source()
    {
        SigmaRule Filter(string rules, string condition, string product = "windows") => SigmaFile.Parse("f.yml", Encoding.UTF8.GetBytes(
            $"title: f\nlogsource: {{product: {product}}}\nfilter: {{rules: {rules}, g: {{G: x}}, condition: {condition}}}\n")).Rules[0];
        var e = MatchingScene.Event("""{"F":"x","G":"x"}""");
        bool Matches(params SigmaRule[] filters) => RuleMatcher.Create(MatchingScene.Rule("s: {F: x}, condition: s", more: "name: base\n"), filters, FieldMappings.Empty).Matches(e);
        Assert.False(Matches(Filter("any", "not g")));
        Assert.False(Matches(Filter("[base]", "not g"), Filter("any", "g")));
        Assert.True(Matches(Filter("[other]", "not g"), Filter("any", "not g", "linux"), Filter("[base]", "g")));
        Assert.Contains("the filter 'f' is not valid", RuleMatcher.Create(MatchingScene.Rule("s: {F: x}, condition: s"), [Filter("any", "nope")], FieldMappings.Empty).NotEvaluated, StringComparison.Ordinal);
    }

    [Fact]
    public void Mappings_give_fields_the_names_of_their_log_source()
    {
        List<Diagnostic> found = [];
        var mappings = FieldMappings.Read("m.yml", "mappings: [{product: windows, fields: {F: [x.y, z], R: q}}, {product: linux, fields: {F: no}}]"u8, found)!; // no finding
        Assert.Empty(found);
        var matcher = MatchingScene.Matcher("s: {F: v}, t: {F: null}, r: {A|fieldref: R}, condition: s or t or r", mappings);
        foreach (var (json, isMatch) in new[] { ("""{"x":{"y":"v"}}""", true), ("""{"z":"v","F":"w"}""", true), ("""{"z":"w"}""", false), ("""{"no":"v"}""", true), ("""{"z":"w","A":1,"q":"1"}""", true) })
            Assert.Equal(isMatch, matcher.Matches(MatchingScene.Event(json)));
        Assert.Null(FieldMappings.Read("m.yml", "mappings: [{produkt: windows, fields: {F: {a: b}}}]\nmore: 1"u8, found));
        Assert.Equal(["MRL6084", "MRL6084", "MRL6085"], found.Select(one => one.Info.Id).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("product: windows, category: process_creation", """{"Channel":"Security","EventID":4688}""", true)]
    [InlineData("product: windows, category: process_creation", """{"Channel":"Security","EventID":"4624"}""", false)]
    [InlineData("product: windows, category: process_creation", """{"winlog":{"channel":"Microsoft-Windows-Sysmon/Operational","event_id":"1"}}""", true)]
    [InlineData("product: windows, service: security", """{"Event":{"System":{"Channel":"System","EventID":{"#text":7045}}}}""", false)]
    [InlineData("product: windows, service: unheard-of", """{"Channel":"System","EventID":1}""", true)]
    [InlineData("product: linux", """{"Channel":"System","EventID":1}""", false)]
    [InlineData("product: linux", """{"host":{"os":{"type":"macos"}}}""", false)]
    [InlineData("product: aws, service: cloudtrail", """{"eventName":"x"}""", true)]
    public void A_rule_sees_what_its_log_source_can_contain(string source, string json, bool sees)
    {
        var matcher = RuleMatcher.Create(MatchingScene.Rule("s: {F: x}, condition: not s", source), [], FieldMappings.Empty);
        Assert.Equal(sees, matcher.Sees(MatchingScene.Event(json)));
        Assert.Equal(sees, RuleIndex.Create([matcher]).Candidates(MatchingScene.Event(json)).Any());
    }

    [Theory]
    [InlineData("img: {Image|endswith: '\\cmd.exe'}, condition: img", """{"Image":"C:\\w\\powershell.exe"}""", "img: Image ends with '\\cmd.exe', but the event has 'C:\\w\\powershell.exe'")]
    [InlineData("img: {Image: [a, b]}, condition: img", """{"F":1}""", "img: Image is 'a' (or 1 more), but the event does not have it")]
    [InlineData("a: {A: x}, f: {B|contains: y}, condition: a and not f", """{"A":"x","B":"zyz"}""", "f: B contains 'y'; the event has 'zyz'")]
    [InlineData("k: [one, two], condition: k", """{"A":"x"}""", "k: a value of the event contains 'one' (or 1 more), but none does")]
    [InlineData("a: {A: x, B: y}, b: {C: z}, condition: 1 of them", """{"A":"x","B":"n"}""", "a: B is 'y', but the event has 'n' (and 1 other way did not match)")]
    [InlineData("c: {C|contains|all: [p, q]}, condition: c", """{"C":"p"}""", "c: C contains 'q', but the event has 'p'")]
    [InlineData("c: {C: x}, condition: c", """{"C":"X"}""", "matched: c: C is 'x'; the event has 'X'")]
    public void An_explanation_says_what_decided(string detection, string json, string summary) =>
        Assert.Equal(summary, MatchingScene.Matcher(detection).Explain(MatchingScene.Event(json)).Summary);

    [Fact]
    public void An_explanation_leads_to_the_value_in_the_rule()
    {
        var selection = MatchingScene.Matcher("s: {F: [abc, x]}, condition: s").Explain(MatchingScene.Event("""{"F":"X"}"""));
        var item = Assert.Single(selection.Parts);
        Assert.Equal((MatchPart.Selection, MatchPart.Item, "F"), (selection.Part, item.Part, item.Field));
        Assert.Equal([(MatchOutcome.NotMatched, 21), (MatchOutcome.Matched, 26)], item.Parts.Select(value => (value.Outcome, value.Span!.Value.Column))); // values have places
    }

    // Letters that make matches and near misses likely.
    private static readonly Gen<string> Letters = Gen.OneOf(Gen.Const("a"), Gen.Const("B"), Gen.Const("*"), Gen.Const("?"), Gen.Const("\\\\")).Array[0, 7].Select(string.Concat);

    [Fact]
    public void Wildcards_match_as_the_plain_definition_says() => Gen.Select(Letters, Gen.Char["aAbB*?\\"].Array[0, 9]).Sample((written, text) =>
    {
        var pattern = SigmaString.Parse(written);
        var isMatch = new TextMatcher(pattern).Match(new string(text)) == MatchOutcome.Matched;
        Assert.Equal(Matches([.. pattern.Parts.SelectMany(part => part.Kind == StringPartKind.Text ? part.Text.Select(c => (part.Kind, c)) : [(part.Kind, ' ')])], text), isMatch);

        static bool Matches(ReadOnlySpan<(StringPartKind Kind, char Sign)> signs, ReadOnlySpan<char> text) => signs switch
        {
            [] => text.IsEmpty,
            [(StringPartKind.Any, _), ..] => Matches(signs[1..], text) || (!text.IsEmpty && Matches(signs, text[1..])),
            [(StringPartKind.One, _), ..] => !text.IsEmpty && Matches(signs[1..], text[1..]),
            _ => !text.IsEmpty && char.ToUpperInvariant(signs[0].Sign) == char.ToUpperInvariant(text[0]) && Matches(signs[1..], text[1..]),
        };
    }, iter: 20_000);

    [Fact]
    public void Many_values_match_as_each_of_them_does() => Gen.Select(Gen.Select(Letters, Gen.Bool).Array[0, 12], Gen.Char["aAbB*?\\"].Array[0, 9]).Sample((written, text) =>
    {
        System.Collections.Immutable.ImmutableArray<ValueMatcher> values = [.. written.Select(one => new TextMatcher(SigmaString.Parse(one.Item1).Open(one.Item2, one.Item2)))];
        var e = MatchingScene.Event(System.Text.Json.JsonSerializer.Serialize(new Dictionary<string, string> { ["F"] = new(text) }));
        bool Any(IEnumerable<ValueMatcher> matchers) => matchers.Any(value => value.Match(e.Find("F"), e) == MatchOutcome.Matched);
        Assert.Equal(Any(values), Any(ValueSets.Combine(values)));
    }, iter: 5_000);

    [Fact]
    public void The_order_of_keys_does_not_matter() => Gen.Select(Gen.Char["abc"].Array[5], Gen.Shuffle(Enumerable.Range(0, 5).ToArray())).Sample((values, order) =>
    {
        string Json(IEnumerable<int> keys) => $"{{{string.Join(',', keys.Select(key => $"\"f{key}\":\"{values[key]}\""))}}}";
        var matcher = MatchingScene.Matcher("s: {f0: a, f1: b}, t: {f2: [a, c]}, k: [b], condition: s or t and not k");
        Assert.Equal(matcher.Matches(MatchingScene.Event(Json([0, 1, 2, 3, 4]))), matcher.Matches(MatchingScene.Event(Json(order))));
    }, iter: 500);

    [Fact]
    public void The_index_folds_letters_as_comparisons_do()
    {
        for (var c = 0; c <= char.MaxValue; c++)
            for (var ascii = 'A'; ascii <= 'Z'; ascii++)
                if (TextIndex.Fold((char)c) != ascii && string.Equals(((char)c).ToString(), ascii.ToString(), StringComparison.OrdinalIgnoreCase))
                    Assert.Fail($"U+{c:X4} is equal to {ascii}");
    }
}
