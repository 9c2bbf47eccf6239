using System.Collections.Immutable;
using CsCheck;
using Merlon.Core.Attack;
using Merlon.Core.Diagnostics;
using Merlon.Core.Sources;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>What texts of other formats name of ATT&amp;CK.</summary>
public class AttackTokensTests
{
    private static readonly AttackTokens Tokens = new([Measure.Attack]);

    [Theory]
    [InlineData("T1059.001", "Technique T1059.001")]
    [InlineData("t1003", "Technique T1003")]
    [InlineData(" T1003 - OS Credential Dumping", "Technique T1003")]
    [InlineData("https://attack.mitre.org/techniques/T1003/001/", "Technique T1003.001")]
    [InlineData("https://attack.mitre.org/techniques/T1003/", "Technique T1003")]
    [InlineData("https://attack.mitre.org/tactics/TA0006", "Tactic credential-access")]
    [InlineData("T1003/2024", "Technique T1003")]
    [InlineData("T1003,T1021.002; t1055", "Technique T1003|Technique T1021.002|Technique T1055")]
    [InlineData("T1003 T1003", "Technique T1003")]
    [InlineData("TA0004:T1078", "Tactic privilege-escalation|Technique T1078")]
    [InlineData("TA003:T1556", "Malformed TA003|Technique T1556")]
    [InlineData("TA0027:T1475", "Tactic TA0027|Technique T1475")]
    [InlineData("T0018.000", "Malformed T0018.000")]
    [InlineData("T10591", "Malformed T10591")]
    [InlineData("T1059.01", "Malformed T1059.01")]
    [InlineData("technique:T1110-brute-force", "Technique T1110")]
    [InlineData("attack.t1003.001", "Technique T1003.001")]
    [InlineData("attack_T1003", "Technique T1003")]
    [InlineData("CredentialAccess", "Tactic credential-access")]
    [InlineData("credential_access", "Tactic credential-access")]
    [InlineData("Command and Control", "Tactic command-and-control")]
    [InlineData("CommandAndControl", "Tactic command-and-control")]
    [InlineData("Defense Evasion", "Tactic defense-evasion")] // of another release, in the form that its checks know
    [InlineData("DefenseEvasion", "Tactic defense-evasion")]
    [InlineData("PreAttack", "Tactic pre-attack")]
    [InlineData("G0046", "Group G0046")]
    [InlineData("S0154", "Software S0154")]
    [InlineData("C0022", "Campaign C0022")]
    [InlineData("N/A", "Malformed N/A")]
    [InlineData("ACME-T4000", "Technique T4000")] // no release has the prefix
    [InlineData("", "")]
    [InlineData("  ", "")]
    public void A_value_is_what_it_names(string text, string found) => Assert.Equal(found, Said(Tokens.Read(text, SourceSpan.StartOf("a"))));

    [Theory]
    [InlineData("Brute force on VPN (T1110)", "Technique T1110")]
    [InlineData("Password spraying, see https://attack.mitre.org/techniques/T1110/003/", "Technique T1110.003")]
    [InlineData("T1 T12 T10591 TA0006 G0046 ST1059 T1059a credential access", "")]
    public void Of_a_text_about_anything_only_whole_ids_of_techniques_count(string text, string found) => Assert.Equal(found, Said(Tokens.ReadLoosely(text, SourceSpan.StartOf("a"))));

    [Fact]
    public void An_organisations_id_has_a_prefix_that_a_release_knows()
    {
        using TemporaryRepository repository = new(("merlon.yml", "attack: { bundles: [{ path: acme.json }] }\n"), ("acme.json", """
            {"type":"bundle","id":"bundle--5b7f2c8e-0a9a-4a53-9d5c-1f1f0e6c9a01","objects":[
              {"type":"attack-pattern","id":"attack-pattern--5b7f2c8e-0a9a-4a53-9d5c-1f1f0e6c9a05","name":"Test","external_references":[{"source_name":"acme","external_id":"ACME-T4000"}],"kill_chain_phases":[{"kill_chain_name":"mitre-attack","phase_name":"execution"}],"x_mitre_platforms":["Windows"],"x_mitre_domains":["enterprise-attack"]}]}
            """));
        AttackTokens tokens = new(repository.Load().Config.Releases);
        Assert.Equal("Technique ACME-T4000", Said(tokens.Read("see ACME-T4000.", SourceSpan.StartOf("a"))));
        Assert.Equal("Technique T4000", Said(tokens.Read("XACME-T4000", SourceSpan.StartOf("a"))));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)] // in quotes
    public void A_token_has_its_own_place(int quotes)
    {
        const string Text = "TA0006:T1003.001, t1055";
        SourceSpan span = new("a", 3, 10, 3, 10 + Text.Length + quotes);
        var first = 10 + (quotes / 2);
        Assert.Equal([(first, first + 6), (first + 7, first + 16), (first + 18, first + 23)], Tokens.Read(Text, span).Select(tag => (tag.Span.Column, tag.Span.EndColumn)));
    }

    [Fact]
    public void A_token_of_a_text_with_escapes_has_the_place_of_the_text()
    {
        SourceSpan span = new("a", 3, 10, 3, 90);
        Assert.Equal([span, span], Tokens.Read("T1003 T1055", span).Select(tag => tag.Span));
    }

    [Fact]
    public void Any_text_is_read() => Gen.String.Sample(text =>
    {
        foreach (var tag in Tokens.Read(text, SourceSpan.StartOf("a")).Concat(Tokens.ReadLoosely(text, SourceSpan.StartOf("a"))))
            Assert.True(tag.Kind != AttackTagKind.Technique || TechniqueId.TryParse(tag.Name, out _));
    });

    [Fact]
    public void Every_id_of_a_release_is_found_in_a_sentence() => Assert.All(Measure.Attack.Techniques, technique =>
        Assert.Equal([technique.Id], Tokens.ReadLoosely($"it shows {technique.Id}, or so", SourceSpan.StartOf("a")).Select(tag => tag.Technique)));

    [Fact]
    public void Every_tactic_is_found_by_id_name_and_short_name() => Assert.All(Measure.Attack.Tactics, tactic =>
        Assert.All(new[] { tactic.Id, tactic.Name, tactic.ShortName, tactic.Name.Replace(" ", "", StringComparison.Ordinal), tactic.ShortName.Replace('-', '_') },
            text => Assert.Equal((AttackTagKind.Tactic, tactic.ShortName), (Tokens.OfWord(text, SourceSpan.StartOf("a")).Kind, Tokens.OfWord(text, SourceSpan.StartOf("a")).Name))));

    private static string Said(ImmutableArray<AttackTag> tags) => string.Join('|', tags.Select(tag => $"{tag.Kind} {tag.Name}"));
}
