using CsCheck;
using Merlon.Core.Attack;
using Xunit;

namespace Merlon.Core.Tests;

public class AttackTechniqueIdTests
{
    private static readonly Gen<TechniqueId> AnyId = Gen.Select(Gen.UShort[0, 9999], Gen.UShort[0, 999], (number, sub) => new TechniqueId(number, sub));

    private static readonly Gen<TechniqueId> AnyOwnId = Gen.Select(AnyId, Gen.Char['A', 'Z'], Gen.String[Gen.Char["ABZ09-"], 0, 6], (id, first, rest) => id with { Prefix = $"{first}{rest}-" });

    private static readonly Gen<TechniqueId> AnyIdAtAll = Gen.OneOf(AnyId, AnyOwnId);

    [Fact]
    public void The_id_of_an_organisation_s_technique_is_read_in_either_case_and_printed_in_upper_case() => AnyOwnId.Sample(id =>
        TechniqueId.TryParse($"{id}", out var again) && again == id && again.GetHashCode() == id.GetHashCode()
        && TechniqueId.TryParse($"{id}".ToLowerInvariant(), out again) && again == id && again.Parent.Prefix == id.Prefix);

    [Fact]
    public void The_order_is_total_and_ATTACK_s_own_come_first() => Gen.Select(AnyIdAtAll, AnyIdAtAll, AnyIdAtAll).Sample((a, b, c) =>
        Math.Sign(a.CompareTo(b)) == -Math.Sign(b.CompareTo(a)) && (a.CompareTo(b) == 0) == (a == b)
        && !(a.CompareTo(b) <= 0 && b.CompareTo(c) <= 0 && a.CompareTo(c) > 0)
        && (a.Prefix is null == b.Prefix is null || a.CompareTo(b) < 0 == a.Prefix is null));

    [Fact]
    public void An_ordinary_id_is_parsed_without_a_byte_of_memory()
    {
        Parse(1);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Parse(1000);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        static void Parse(int times)
        {
            for (var index = 0; index < times; index++)
                _ = TechniqueId.TryParse("t1059.001", out _) & TechniqueId.TryParse("T1059", out _) & TechniqueId.TryParse("credential-access", out _);
        }
    }

    [Fact]
    public void Printing_then_parsing_gives_the_id_back_in_either_case() => AnyId.Sample(id =>
        TechniqueId.TryParse($"{id}", out var again) && again == id && TechniqueId.TryParse($"{id}".ToLowerInvariant(), out again) && again == id);

    [Fact]
    public void Ids_are_ordered_as_their_text_is() => Gen.Select(AnyId, AnyId).Sample((one, other) =>
        Math.Sign(one.CompareTo(other)) == Math.Sign(string.CompareOrdinal($"{one}", $"{other}")));

    [Fact]
    public void A_parent_is_a_technique_and_its_own_parent() => AnyId.Sample(id =>
        !id.Parent.IsSubTechnique && id.Parent.Parent == id.Parent && id.Parent.Number == id.Number);

    [Fact]
    public void What_parses_prints_as_it_was() => Gen.String[Gen.Char["tTaA-0123456789. \0"], 0, 10].Sample(text =>
        !TechniqueId.TryParse(text, out var id) || string.Equals($"{id}", text, StringComparison.OrdinalIgnoreCase));

    [Theory]
    [InlineData("")]
    [InlineData("T")]
    [InlineData("T105")]
    [InlineData("T10590")]
    [InlineData("T1059.")]
    [InlineData("T1059.1")]
    [InlineData("T1059.000")]
    [InlineData("T1059.0001")]
    [InlineData("T1059/001")]
    [InlineData(" T1059")]
    [InlineData("T1059 ")]
    [InlineData("T+105")]
    [InlineData("T105\0")]
    [InlineData("T1059.00\0")]
    [InlineData("T１０５９")]
    [InlineData("TA0002")]
    [InlineData("-T1059")]
    [InlineData("ACME_T4000")]
    [InlineData("ACME T4000")]
    [InlineData("ACMET4000")]
    [InlineData("9ACME-T4000")]
    [InlineData("ÄCME-T4000")]
    [InlineData("ACME-T4000.000")]
    [InlineData("ACME-T4000-")]
    public void Other_text_is_no_id(string text) => Assert.False(TechniqueId.TryParse(text, out _));
}
