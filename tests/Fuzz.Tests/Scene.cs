using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Merlon.Core.Csv;
using Merlon.Core.Diagnostics;
using Merlon.Core.Plan;
using Merlon.Core.Programs;
using Merlon.Core.Report;

namespace Merlon.Fuzz.Tests;

/// <summary>A repository in a temporary folder, of which one file is a stranger's.</summary>
internal static class Scene
{
    public const string Rule = "title: a\nid: 5f1abf38-85c4-4b4c-a2e9-3a4c2c0a1d11\nstatus: test\nlevel: high\ntags: [attack.t1059.001]\nlogsource: {product: windows}\ndetection: {s: {f: x}, condition: s}\n";

    public static readonly DateOnly Day = new(2026, 11, 24);

    /// <param name="act">Given the full path of the folder, which is there no longer than this.</param>
    public static T In<T>(Func<string, T> act)
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
            return act(root);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    public static CheckRequest Request(string root) => new() { Directory = root, Date = Day };

    /// <summary>Checks it and reads what each form of the answer says.</summary>
    public static Reading Check(string path, byte[] bytes) => In(root =>
    {
        File.WriteAllBytes(Path.Combine(root, path), bytes);
        var result = Core.Programs.Check.Run(Request(root));
        var shape = CheckText.Write(result, isColoured: false);
        Verify(result, shape);
        return new Reading([.. result.Diagnostics.Where(one => one.Span.Path == path)], shape);
    });

    /// <summary>Reads what is wrong with a merlon.yml.</summary>
    public static ImmutableArray<Diagnostic> Configuration(byte[] bytes) => In(root =>
    {
        File.WriteAllBytes(Path.Combine(root, "merlon.yml"), bytes);
        return ProgramFiles.Find(Request(root)).Diagnostics;
    });

    /// <summary>Reads a file that a merlon.yml names.</summary>
    /// <param name="config">With FILE where its name belongs.</param>
    public static Reading Configured(string config, byte[] bytes) => In(root =>
    {
        File.WriteAllText(Path.Combine(root, "merlon.yml"), config.Replace("FILE", "f.yml", StringComparison.Ordinal));
        File.WriteAllBytes(Path.Combine(root, "f.yml"), bytes);
        var files = ProgramFiles.Find(Request(root));
        var collected = files.Config?.Inventory?.Collected ?? [];
        return new Reading(files.Diagnostics, string.Join('|', collected.Select(one => $"{one.Product} {one.Category} {one.Service} {one.Since} {string.Join(' ', one.Platforms ?? [])}")));
    });

    /// <summary>Suggests actors of a file of clusters.</summary>
    public static Reading Clusters(byte[] bytes) => In(root =>
    {
        var path = Path.Combine(root, "f.json");
        File.WriteAllBytes(path, bytes);
        var found = ActorFiles.Suggest(Request(root), [path], ["Finance"], ["DE"]);
        return new Reading([.. found.Diagnostics.Select(one => one with { Span = one.Span with { Path = "f" } })], string.Join('|', (found.Suggestions ?? []).Select(actor => actor.ToString())));
    });

    /// <summary>Writes a plan again in which people have worked.</summary>
    public static Reading Plan(byte[] bytes) => In(root =>
    {
        var plan = PlanRun.Run(new() { Check = Request(root), Existing = ("plan.yml", bytes) }, out var errors);
        if (plan is null)
            return new Reading(errors, "none");
        var text = PlanYaml.Write(plan);
        if (KeptPlan.TryRead("plan.yml", Encoding.UTF8.GetBytes(text), out var fault) is null)
            throw new InvalidDataException($"what was written of it cannot be read: {fault!.Span} {fault.Message}\n{text}"); // one of the two
        return new Reading(errors, text);
    });

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
