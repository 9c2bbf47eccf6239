using Merlon.Core.Sources;

namespace Merlon.Core.Configuration;

/// <summary>An entry of <c>rules</c> that is a map: files, and how to read them.</summary>
/// <param name="Pattern">Where its files lie.</param>
internal sealed record SourceEntry(RuleSource Source, FilePattern Pattern);
