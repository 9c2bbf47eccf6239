using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Merlon.Core.Git;

/// <summary>Reads objects through one <c>git cat-file --batch</c> that lives as long as this.</summary>
internal sealed class GitObjectReader(GitProgram program, string root) : IDisposable
{
    private const int MaxHeader = 1 << 16;
    private const int MaxWait = 2000; // milliseconds

    private Process? _process;
    private Stream? _output;
    private Task<string>? _error;

    /// <param name="name">Of an object, on one line.</param>
    /// <param name="limit">How many bytes are wanted at most.</param>
    /// <returns>Null when there is no such object here, or several.</returns>
    public GitObject? TryRead(string name, int limit)
    {
        if (_process is null)
        {
            _process = program.Start("cat-file", "--batch");
            _error = Task.Run(_process.StandardError.ReadToEnd);
            _output = new BufferedStream(_process.StandardOutput.BaseStream, 1 << 16);
        }
        try
        {
            _process.StandardInput.BaseStream.Write(Encoding.UTF8.GetBytes($"{name}\n"));
            _process.StandardInput.BaseStream.Flush();
            return Header() is { } header ? Read(header, limit) : Ended();
        }
        catch (IOException)
        {
            return Ended();
        }
    }

    public void Dispose()
    {
        if (_process is not { } process)
            return;
        _process = null;
        try
        {
            // At the end of what it is asked it goes by itself.
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It is gone already.
        }
        if (!process.WaitForExit(MaxWait))
            process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    // Null at the end.
    private string? Header()
    {
        List<byte> bytes = [];
        for (var value = _output!.ReadByte(); value != '\n'; value = _output.ReadByte())
            if (value < 0 || bytes.Count == MaxHeader)
                return null;
            else
                bytes.Add((byte)value);
        return Encoding.UTF8.GetString([.. bytes]);
    }

    // "id type size", or the name and why there is nothing.
    private GitObject? Read(string header, int limit)
    {
        if (header.Split(' ') is not [var id, var type, var digits] || type is not ("commit" or "tree" or "blob" or "tag")
            || !long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var size))
            return null;
        var bytes = new byte[(int)Math.Min(size, limit)];
        _output!.ReadExactly(bytes);
        // The rest, and the end of a line.
        var skipped = new byte[1 << 16];
        for (var rest = size - bytes.Length + 1; rest > 0;)
            rest -= _output.Read(skipped, 0, (int)Math.Min(rest, skipped.Length)) is > 0 and var read ? read : throw new EndOfStreamException();
        return new(id, type, size, bytes);
    }

    // Git ends when it would have to fetch an object. The next question starts it again.
    private GitObject? Ended()
    {
        Dispose();
        var error = _error!.Result;
        return error.Contains("promisor", StringComparison.Ordinal) ? null : throw new GitFailure(GitProgram.FindingOf(error, root));
    }
}

/// <param name="Type"><c>commit</c>, <c>tree</c>, <c>blob</c> or <c>tag</c>.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Content">As much of it as was wanted.</param>
internal sealed record GitObject(string Id, string Type, long Size, byte[] Content);
