using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Attack.Stix;

/// <summary>Where the values of a parsed document stand in its text. Goes forward from the last place asked for: MITRE's bundles have 900,000 lines, a minified one has one.</summary>
/// <param name="json">The memory that the document was parsed from.</param>
internal sealed class JsonPlaces(ReadOnlyMemory<byte> json, string path)
{
    private int _offset;
    private int _line = 1;
    private int _column = 1;

    /// <summary>The span of a value's first character.</summary>
    public SourceSpan Of(JsonElement element)
    {
        json.Span.Overlaps(JsonMarshal.GetRawUtf8Value(element), out var offset);
        if (offset < _offset)
            (_offset, _line, _column) = (0, 1, 1);
        var passed = json.Span[_offset..offset];
        var lines = passed.Count((byte)'\n');
        if (lines > 0)
        {
            passed = passed[(passed.LastIndexOf((byte)'\n') + 1)..];
            (_line, _column) = (_line + lines, 1);
        }
        _column += Encoding.UTF8.GetCharCount(passed);
        _offset = offset;
        return new(path, _line, _column, _line, _column + 1);
    }
}
