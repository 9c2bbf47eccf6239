using Merlon.Core.Diagnostics;
using Merlon.Core.Sources;

namespace Merlon.Core.Evidence;

/// <summary>A rule that matches benign events.</summary>
/// <param name="Events">How many, at least one.</param>
/// <param name="First">The first of them, by file and place.</param>
/// <param name="Detail">What matched in it.</param>
/// <param name="Allowed">The entry that lets the rule match them; null where there is none.</param>
internal sealed record BenignAlert(DetectionRule Rule, int Events, SourceSpan First, string Detail, AllowedAlert? Allowed);
