using System.Security.Cryptography;
using System.Text;
using Merlon.Core.Git;
using Merlon.Core.Lint;
using Merlon.Core.Sources;

namespace Merlon.Core.Programs;

/// <summary>
/// What was read of Sigma files and found in them by checks of single documents, by path and content, from one run to the next. It is only ever faster: it
/// holds for this build of the tool and for the same checks, and whatever is wrong with it, or where somebody may have committed it, the files are read as without it.
/// </summary>
internal sealed class RuleCache : IDisposable
{
    // More than any repository needs: the file may be anything.
    private const int MaxBytes = 256 << 20;

    // Below that nothing is gained, and small repositories are many.
    private const int MinFiles = 200;

    private readonly string _path;
    private readonly DocumentLinter _linter;
    private readonly byte[] _header;
    private readonly Dictionary<string, Entry> _before = new(StringComparer.Ordinal);
    private readonly List<(string Path, Entry Entry)> _now = [];
    private BinaryReader _reader = new(Stream.Null);
    private bool _hasChanged;

    /// <param name="Hash">SHA-256 of the content.</param>
    /// <param name="At">Where it is written in the file before.</param>
    private readonly record struct Entry(ReadOnlyMemory<byte> Hash, ReadOnlyMemory<byte> Written, int At = 0);

    private RuleCache(string path, DocumentLinter linter) => (_path, _linter, _header) = (path, linter, HeaderOf(linter));

    /// <param name="path">Full path of the file, which need not exist.</param>
    public static RuleCache Open(string path, DocumentLinter linter)
    {
        RuleCache cache = new(path, linter);
        try
        {
            FileInfo file = new(path);
            if (file.Exists && file.Length is > 0 and <= MaxBytes && !TrackedNames.MayHold(path))
                cache.Load(File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or ArgumentException)
        {
            cache._before.Clear();
        }
        return cache;
    }

    // Everything that the answer of reading a file depends on besides the file. A deterministic compiler derives a module's id from its content.
    private static byte[] HeaderOf(DocumentLinter linter)
    {
        var modules = new[] { typeof(RuleCache), typeof(YamlDotNet.Core.Parser) }.Select(type => type.Module.ModuleVersionId.ToString());
        return SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', [.. modules, linter.DayOfChecks, .. linter.Checks])));
    }

    // Header, entries, and a hash of both: a file that was cut off or damaged says nothing.
    private void Load(byte[] bytes)
    {
        var content = bytes.AsSpan(0, Math.Max(0, bytes.Length - SHA256.HashSizeInBytes));
        if (!content.StartsWith(_header) || !SHA256.HashData(content).AsSpan().SequenceEqual(bytes.AsSpan(content.Length)))
            return;
        _reader = new(new MemoryStream(bytes, 0, content.Length, writable: false));
        var stream = _reader.BaseStream;
        for (stream.Position = _header.Length; stream.Position < stream.Length;)
        {
            var path = _reader.ReadString();
            var hash = bytes.AsMemory((int)stream.Position, SHA256.HashSizeInBytes);
            stream.Position += SHA256.HashSizeInBytes;
            var length = _reader.Read7BitEncodedInt();
            _before[path] = new(hash, bytes.AsMemory((int)stream.Position, length), (int)stream.Position);
            stream.Position += length;
        }
    }

    /// <param name="hash">SHA-256 of the file's content.</param>
    public RuleFile? Find(string path, RuleSource source, byte[] hash)
    {
        if (!_before.TryGetValue(path, out var entry) || !entry.Hash.Span.SequenceEqual(hash))
            return null;
        try
        {
            _reader.BaseStream.Position = entry.At;
            var file = CachedFile.Read(_reader, path, source, _linter.Date, _linter.Checks);
            _now.Add((path, entry));
            return file;
        }
        catch (Exception e) when (e is IOException or FormatException or ArgumentException or KeyNotFoundException)
        {
            return null;
        }
    }

    public void Add(RuleFile file, byte[] hash)
    {
        if (!CachedFile.CanWrite(file))
            return;
        using MemoryStream stream = new();
        using (BinaryWriter writer = new(stream, Encoding.UTF8, leaveOpen: true))
            CachedFile.Write(writer, file);
        _now.Add((file.Path, new(hash, stream.ToArray())));
        _hasChanged = true;
    }

    /// <summary>Puts the file in place whole, where it is worth it. What cannot be written is read again next time.</summary>
    public void Save()
    {
        if (_now.Count < MinFiles || (!_hasChanged && _now.Count == _before.Count))
            return;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!); // a full path of a file has a folder
            NewFile.Put(_path, Content());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is only ever faster.
        }
    }

    public void Dispose() => _reader.Dispose();

    private byte[] Content()
    {
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        writer.Write(_header);
        foreach (var (path, entry) in _now)
        {
            writer.Write(path);
            writer.Write(entry.Hash.Span);
            writer.Write7BitEncodedInt(entry.Written.Length);
            writer.Write(entry.Written.Span);
        }
        writer.Write(SHA256.HashData(stream.GetBuffer().AsSpan(0, (int)stream.Length)));
        return stream.ToArray();
    }
}
