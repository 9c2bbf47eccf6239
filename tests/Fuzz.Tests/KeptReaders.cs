using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Merlon.Core.Attack;
using Merlon.Core.Diagnostics;
using Merlon.Core.Gate;
using Merlon.Core.Lint;
using Merlon.Core.Plan;
using Merlon.Core.Programs;
using Merlon.Core.Sources;
using Merlon.Tasks;

namespace Merlon.Fuzz.Tests;

/// <summary>Readers of what the tool itself wrote, and somebody may have changed since. What is written of a thing read is read again.</summary>
internal static class KeptReaders
{
    private const string Path = "f";

    // Stands for the folder of a run, which is another one each time.
    private const string Root = "@ROOT@";

    private static readonly DocumentLinter Linter = new(new([AttackReleases.Newest(AttackDomain.Enterprise)]) { Date = Scene.Day }, new());

    private static readonly Lazy<(byte[] Header, byte[] Entries, ImmutableArray<(string Path, byte[] Hash)> Files)> Cache = new(WriteCache);

    private delegate T? TryRead<T>(string path, ReadOnlySpan<byte> bytes, out Diagnostic? error);

    public static ImmutableArray<Reader> All { get; } =
    [
        new("baseline", bytes => Again<Baseline>(bytes, Baseline.TryRead, read => read.Write(), Shape), "# merlon baseline 1: id, path, rule, message, count\n", "MRL3002", "\t", "\\t", "\\\\", "0123456789abcdef"),
        new("ratchet", bytes => Again<Ratchet>(bytes, Ratchet.TryRead, read => new Ratchet(Path, "00", []).With(read).Write(), Shape), "{\"schemaVersion\":1,\"definition\":\"00\",\"claims\":[\n", "\"technique\":", "\"actor\":", "\"proofs\":", "null]}\n", "\\u0022", "\\n"),
        new("plan", bytes => Again<KeptPlan>(bytes, KeptPlan.TryRead, null, plan => $"{plan.IsPublished} {plan.IsJson} {string.Join(' ', plan.Gaps.Keys.Order())}"), "priority_1_gaps:", "- technique: T1059.001\n", "closed: 2026-11-01", "owner: x", "form: published"),
        new("plan-again", Scene.Plan, "priority_1_gaps:", "    - technique: T1105\n", "      note: x\n", "owner: \"", "status: |\n", "later:") { UsualInputs = 10 },
        new("rule-cache", RuleCacheOf, "\u0001", "\u0080", "MRL3002") { Seeds = () => [Cache.Value.Entries] },
        new("saved-report", SavedReportOf, "\"findings\":", "\"watched\":", "\"severity\":\"error\"", "\"line\":", "null", Root, "**/*", "../../**", "\\u0000") { Seeds = () => [SavedReportBytes()], UsualInputs = 40 },
    ];

    private static Reading Again<T>(byte[] bytes, TryRead<T> read, Func<T, string>? write, Func<T, string> shapeOf)
        where T : class
    {
        var kept = read(Path, bytes, out var error);
        if (kept is not null && write is not null)
        {
            var again = read(Path, Encoding.UTF8.GetBytes(write(kept)), out var fault);
            if (again is null || shapeOf(again) != shapeOf(kept))
                throw new InvalidDataException($"what was written of it is read as something else: {fault?.Message}\n{shapeOf(kept)}\nand then\n{(again is null ? "nothing" : shapeOf(again))}");
        }
        return new(error is null ? [] : [error], kept is null ? "none" : shapeOf(kept)) { IsTaken = kept is not null };
    }

    private static string Shape(Baseline baseline) => string.Join('\n', baseline.Entries.Select(entry => $"{entry.Key} {entry.Count}").Order(StringComparer.Ordinal));

    // A run keeps the proofs that it knows.
    private static string Shape(Ratchet ratchet) => string.Join('\n', ratchet.Claims.Select(claim => $"{claim.Technique} {claim.Actor}: {string.Join(' ', Core.Coverage.Levels.Names.Where(name => claim.Proofs.Contains(name)))}").Order(StringComparer.Ordinal));

    // The bytes between header and hash, as whoever knows both would write them; and the same without them, which is no cache.
    private static Reading RuleCacheOf(byte[] bytes)
    {
        var (header, _, files) = Cache.Value;
        byte[] content = [.. header, .. bytes];
        var shape = Find([.. content, .. SHA256.HashData(content)], files);
        if (Find([.. content, .. new byte[32]], files).Length > 0 || Find(bytes, files).Length > 0)
            throw new InvalidDataException("a damaged cache says something");
        return new([], shape) { IsTaken = shape.Length > 0 };
    }

    private static string Find(byte[] bytes, ImmutableArray<(string Path, byte[] Hash)> files) => Scene.In(root =>
    {
        var path = System.IO.Path.Combine(root, "cache");
        File.WriteAllBytes(path, bytes);
        StringBuilder shape = new();
        using var cache = RuleCache.Open(path, Linter);
        foreach (var file in files)
            if (cache.Find(file.Path, RuleSource.Sigma, file.Hash) is { } read)
            {
                shape.Append(file.Path).AppendJoin(' ', RuleSet.Of([read]).Rules.Select(rule => rule.Title)).Append('\n');
                foreach (var diagnostic in read.Diagnostics.Concat(read.Findings!.Found)) // a cache has them
                    if (Place.IsPossible(diagnostic.Span))
                        shape.Append(diagnostic.Message).Append('\n');
                    else
                        throw new InvalidDataException($"{diagnostic.Span} is no place");
            }
        return shape.ToString();
    });

    // A cache is written of many files; a few entries of it are enough.
    private static (byte[], byte[], ImmutableArray<(string, byte[])>) WriteCache() => Scene.In(root =>
    {
        const int Files = 200, Kept = 3;
        var path = System.IO.Path.Combine(root, "cache");
        ImmutableArray<(string Path, byte[] Hash)> files;
        using (var cache = RuleCache.Open(path, Linter))
        {
            files = [.. Enumerable.Range(0, Files).Select(i => ($"rules/{i}.yml", SHA256.HashData([(byte)i])))];
            foreach (var (file, hash) in files)
            {
                var sigma = Core.Sigma.SigmaFile.Parse(file, Encoding.UTF8.GetBytes($"{Scene.Rule}related:\n  - id: 5f1abf38-85c4-4b4c-a2e9-3a4c2c0a1d12\n    type: similar\n"));
                cache.Add(RuleFile.Of(sigma, RuleSource.Sigma) with { Findings = Linter.Check(sigma) }, hash);
            }
            cache.Save();
        }
        var bytes = File.ReadAllBytes(path);
        using BinaryReader reader = new(new MemoryStream(bytes, 32, bytes.Length - 32));
        for (var i = 0; i < Kept; i++)
        {
            reader.ReadString();
            reader.BaseStream.Position += 32;
            var length = reader.Read7BitEncodedInt();
            reader.BaseStream.Position += length;
        }
        return (bytes[..32], bytes[32..(32 + (int)reader.BaseStream.Position)], files[..Kept]);
    });

    private static byte[] SavedReportBytes() => Scene.In(root =>
    {
        var request = Scene.Request(root);
        var files = ProgramFiles.Find(request);
        var watched = Watched.By(files);
        var path = System.IO.Path.Combine(root, "obj", "saved.json");
        SavedReport.Of(CheckKey.Of(request, watched), watched, Check.Run(request, files)).Write(path);
        return Encoding.UTF8.GetBytes(File.ReadAllText(path).Replace(root, Root, StringComparison.Ordinal));
    });

    private static Reading SavedReportOf(byte[] bytes) => Scene.In(root =>
    {
        var path = System.IO.Path.Combine(root, "obj", "saved.json");
        Directory.CreateDirectory(System.IO.Path.Combine(root, "obj"));
        // Latin-1 keeps every byte.
        File.WriteAllBytes(path, Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(bytes).Replace(Root, root, StringComparison.Ordinal)));
        var report = SavedReport.TryRead(path, Scene.Request(root));
        return new Reading([], $"{report?.Summary} {report?.Findings.Length}");
    });
}
