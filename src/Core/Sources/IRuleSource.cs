using Merlon.Core.Diagnostics;

namespace Merlon.Core.Sources;

/// <summary>Reads the rules of one format.</summary>
internal interface IRuleSource
{
    /// <summary>The word in merlon.yml, <c>splunk-rest</c>.</summary>
    public string Name { get; }

    /// <summary>The largest file that is read, in bytes.</summary>
    public int MaxBytes { get; }

    /// <summary>Reads one file. What cannot be read of it is a finding, and the rest is read.</summary>
    /// <param name="path">From the root.</param>
    /// <param name="content">Read once, forward. Not longer than <see cref="MaxBytes"/>.</param>
    /// <param name="source">The entry that it belongs to, as its rules will say.</param>
    public RuleFile Read(string path, Stream content, RuleSource source);

    /// <summary>The rules of all files of one entry, by path and position. Formats whose files are layers of each other lay them here.</summary>
    /// <param name="files">By path, what <see cref="Read"/> made of them.</param>
    /// <param name="diagnostics">Findings of the whole.</param>
    public IEnumerable<DetectionRule> Join(IReadOnlyList<RuleFile> files, ICollection<Diagnostic> diagnostics) => files.SelectMany(file => file.Rules);
}
