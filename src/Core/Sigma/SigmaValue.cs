using System.Collections.Immutable;

namespace Merlon.Core.Sigma;

/// <summary>What a field is compared with, after all modifiers. Sigma 2.1, appendix "Modifiers".</summary>
internal abstract record SigmaValue;

/// <summary>A number, equal to itself and to its text in an event.</summary>
internal sealed record SigmaNumber(decimal Number) : SigmaValue;

internal sealed record SigmaBoolean(bool Truth) : SigmaValue;

/// <summary>The field is null or absent.</summary>
internal sealed record SigmaNull : SigmaValue;

/// <summary>A regular expression, searched for anywhere in the text.</summary>
/// <param name="Flags">Some of <c>i</c>, <c>m</c> and <c>s</c>, in this order.</param>
internal sealed record SigmaRegex(string Pattern, string Flags) : SigmaValue;

/// <summary>An IPv4 or IPv6 network as written, <c>10.0.0.0/8</c>.</summary>
internal sealed record SigmaCidr(string Network) : SigmaValue;

/// <param name="Operator"><c>lt</c>, <c>lte</c>, <c>gt</c> or <c>gte</c>.</param>
/// <param name="TimestampPart">The part of the timestamp that is compared, <c>hour</c>; null where the value itself is.</param>
internal sealed record SigmaComparison(string Operator, decimal Number, string? TimestampPart) : SigmaValue;

/// <summary>The field is there, or is not, whatever its value.</summary>
internal sealed record SigmaExists(bool IsThere) : SigmaValue;

/// <summary>The value of another field; or a part of it where one or both ends may go on.</summary>
internal sealed record SigmaFieldReference(string Field, bool StartsWith, bool EndsWith) : SigmaValue;

/// <param name="Part"><c>minute</c>, <c>hour</c>, <c>day</c>, <c>week</c>, <c>month</c> or <c>year</c>.</param>
internal sealed record SigmaTimestampPart(string Part, decimal Number) : SigmaValue;

/// <summary>Any of several forms of one value, also where a list needs all of its values.</summary>
internal sealed record SigmaExpansion(ImmutableArray<SigmaValue> Forms) : SigmaValue;
