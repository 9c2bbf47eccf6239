namespace Merlon.Core.Attack;

/// <summary>One column of the matrix. Short names repeat across domains and change between releases: TA0005 was <c>defense-evasion</c> until 19.</summary>
/// <param name="Id"><c>TA0002</c>.</param>
/// <param name="ShortName"><c>execution</c>, as kill-chain phases and tags spell it.</param>
/// <param name="StixId">The UUID of the STIX object.</param>
internal sealed record Tactic(string Id, string ShortName, string Name, Guid StixId);
