using CsCheck;
using Merlon.Core.Attack;
using Xunit;

namespace Merlon.Core.Tests;

public class AttackTechniqueIdTests
{
    private static readonly Gen<TechniqueId> AnyId = Gen.Select(Gen.UShort[0, 9999], Gen.UShort[0, 999], (number, sub) => new TechniqueId(number, sub));

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
    public void What_parses_prints_as_it_was() => Gen.String[Gen.Char["tT0123456789. \0"], 0, 10].Sample(text =>
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
    public void Other_text_is_no_id(string text) => Assert.False(TechniqueId.TryParse(text, out _));
}
