using System.Collections.Immutable;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Sources;

/// <summary>What checks of single documents found in a file while its tree was there, with the severities of the checks.</summary>
/// <param name="Date">The day that it was found on: some checks ask how old a rule is.</param>
/// <param name="Checks">The ids of the checks that were asked.</param>
internal sealed record DocumentFindings(DateOnly Date, ImmutableArray<string> Checks, ImmutableArray<Diagnostic> Found);
