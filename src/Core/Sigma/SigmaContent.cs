using Merlon.Core.Yaml;

namespace Merlon.Core.Sigma;

/// <summary>The tree of a document and what was read of its detection. Thousands of rules are kept, and few of them are looked into again.</summary>
internal sealed class SigmaContent(YamlMapping root, Detection? detection)
{
    private (YamlMapping Root, Detection? Detection)? _read = (root, detection);
    private Func<SigmaContent>? _again;

    private SigmaContent() : this(new(default, []), null) => _read = null;

    /// <summary>Of a document that was read earlier: nothing is there until <see cref="Release"/> says how to read it.</summary>
    public static SigmaContent Released() => new();

    public YamlMapping Root => Read.Root;

    public Detection? Detection => Read.Detection;

    /// <param name="again">Gives an equal content. It is asked once, when somebody looks.</param>
    public void Release(Func<SigmaContent> again) => (_read, _again) = (null, again);

    private (YamlMapping Root, Detection? Detection) Read => _read ??= _again!()._read!.Value; // released, and what is read again is not
}
