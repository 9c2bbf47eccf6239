using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Merlon.Core.Csv;
using Merlon.Core.Programs;
using Merlon.Core.Report;

namespace Merlon.Fuzz.Tests;

/// <summary>A repository in a temporary folder, of which one file is a stranger's.</summary>
internal static class Scene
{
    private const string Rule = "title: a\nid: 5f1abf38-85c4-4b4c-a2e9-3a4c2c0a1d11\nstatus: test\nlevel: high\ntags: [attack.t1059.001]\nlogsource: {product: windows}\ndetection: {s: {f: x}, condition: s}\n";

    /// <summary>Checks it and reads what each form of the answer says.</summary>
    public static Reading Check(string path, byte[] bytes)
    {
        var root = Directory.CreateTempSubdirectory("merlon-fuzz-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(root, ".git"));
            Directory.CreateDirectory(Path.Combine(root, "rules"));
            Directory.CreateDirectory(Path.Combine(root, "actors"));
            File.WriteAllText(Path.Combine(root, "merlon.yml"), "name: p\n");
            File.WriteAllText(Path.Combine(root, "rules", "a.yml"), Rule);
            File.WriteAllText(Path.Combine(root, "actors", "a.yml"), "name: A\ntechniques: [T1059.001, T1105]\n");
            File.WriteAllBytes(Path.Combine(root, path), bytes);
            var result = Core.Programs.Check.Run(new() { Directory = root, Date = new(2026, 11, 24) });
            var shape = CheckText.Write(result, isColoured: false);
            Verify(result, shape);
            return new([.. result.Diagnostics.Where(one => one.Span.Path == path)], shape);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    public static string Csv(byte[] bytes)
    {
        using MemoryStream stream = new(bytes);
        var reader = CsvReader.Open("f", stream);
        StringBuilder shape = new();
        while (reader.Next() is { } row)
            shape.Append(row.Length).Append(' ');
        return $"{shape}{reader.Fault}";
    }

    private static void Verify(CheckResult result, string text)
    {
        JsonDocument.Parse(CheckJson.Write(result)).Dispose();
        ImmutableArray<string> outputs = [text, CheckJson.Write(result), .. FindingFormats.Names.Select(name => FindingFormats.Write(name, isPrivate: false, result)).OfType<string>()];
        foreach (var output in outputs)
            if (output.Any(one => char.IsControl(one) && one != '\n'))
                throw new InvalidDataException($"an output has a control character: {output[..Math.Min(output.Length, 200)]}");
        JsonDocument.Parse(FindingFormats.Write("sarif", isPrivate: false, result)!).Dispose(); // every name is of a format
        JsonDocument.Parse(FindingFormats.Write("gitlab", isPrivate: false, result)!).Dispose();
        _ = XDocument.Parse(FindingFormats.Write("junit", isPrivate: false, result)!);
        var annotations = FindingFormats.Write("github", isPrivate: false, result)!.Split('\n').Count(line => line.StartsWith("::", StringComparison.Ordinal));
        if (annotations > result.Diagnostics.Length + 1)
            throw new InvalidDataException("a finding made a workflow command of its own");
        if (new[] { text, FindingFormats.Write("msbuild", isPrivate: false, result)! }.Any(one => one.Split('\n').Any(line => line.StartsWith("::", StringComparison.Ordinal))))
            throw new InvalidDataException("a line of text is a workflow command");
    }
}
