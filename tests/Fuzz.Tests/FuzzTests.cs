using System.Diagnostics;
using System.Globalization;
using CsCheck;
using Merlon.Core.Diagnostics;
using Merlon.Core.Report;
using Xunit;

namespace Merlon.Fuzz.Tests;

/// <summary>
/// Every reader over its corpus, and over what is made of it. <c>MERLON_FUZZ_SECONDS</c> is how long all readers together take; without it each
/// takes a few inputs, the same every time. <c>MERLON_FUZZ_SEED</c>, a number, replays a run, and <c>MERLON_FUZZ_READER</c> names the only reader.
/// </summary>
public class FuzzTests(ITestOutputHelper output)
{
    private const ulong UsualSeed = 20261124;

    // A hang, not a measure of speed: a busy machine is slow.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    public static TheoryData<string> Names => [.. Readers.All.Select(reader => reader.Name).Where(name => Environment.GetEnvironmentVariable("MERLON_FUZZ_READER") is not { } only || name == only)];

    [Theory, MemberData(nameof(Names))]
    public void A_reader_reads_its_corpus(string name)
    {
        foreach (var file in CorpusOf(name))
            Verify(Find(name), File.ReadAllBytes(file), file);
    }

    // Otherwise what is made of it would only show how the reader refuses.
    [Theory, MemberData(nameof(Names))]
    public void A_corpus_has_a_file_that_is_of_the_format(string name) =>
        Assert.True(SeedsOf(Find(name)).Any(seed => Find(name).Read(seed).IsTaken), string.Join('\n', SeedsOf(Find(name)).SelectMany(seed => Find(name).Read(seed).Diagnostics)));

    [Theory, MemberData(nameof(Names))]
    public void A_reader_takes_whatever_comes(string name)
    {
        var reader = Find(name);
        var seconds = Number("MERLON_FUZZ_SECONDS");
        var seed = Number("MERLON_FUZZ_SEED") ?? (seconds is null ? UsualSeed : (ulong)Random.Shared.NextInt64());
        var inputs = Mutation.Of(SeedsOf(reader), reader.Words);
        PCG random = new((uint)(seed % 1_000_003), seed);
        var watch = Stopwatch.StartNew();
        var count = 0;
        output.WriteLine($"MERLON_FUZZ_SEED={seed}");
        for (; seconds is { } total ? watch.Elapsed.TotalSeconds < (double)total / Names.Count : count < reader.UsualInputs; count++)
            Verify(reader, inputs.Generate(random, null, out _), $"input {count} of MERLON_FUZZ_SEED={seed}");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {count} inputs"));
    }

    private static Reader Find(string name) => Readers.All.Single(reader => reader.Name == name);

    private static byte[][] SeedsOf(Reader reader) => [.. reader.Seeds(), .. CorpusOf(reader.Name).Select(File.ReadAllBytes)];

    // A reader whose seeds the tool writes has a folder once something was found.
    private static string[] CorpusOf(string name)
    {
        var folder = Path.Combine(Root(AppContext.BaseDirectory), "tests", "fuzz", name);
        return Directory.Exists(folder) ? [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal)] : [];
    }

    private static string Root(string folder) => File.Exists(Path.Combine(folder, "Merlon.slnx")) ? folder : Root(Path.GetDirectoryName(folder)!); // it lies in the repository

    private static ulong? Number(string variable) => ulong.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : null;

    private static void Verify(Reader reader, byte[] bytes, string which)
    {
        try
        {
            // What never ends is left to run, so that somebody hears of it.
            var both = Task.Run(() => (reader.Read(bytes), reader.Read(bytes)));
            Assert.True(both.Wait(Longest), $"took more than {Longest}");
            var (first, second) = both.Result;
            Assert.Equal(first.Shape, second.Shape);
            Assert.Equal(first.Diagnostics.Select(Told), second.Diagnostics.Select(Told));
            foreach (var diagnostic in first.Diagnostics)
                Assert.True(Place.Fault(diagnostic.Span, bytes) is null, $"{Place.Fault(diagnostic.Span, bytes)}: {diagnostic.Info.Id} {diagnostic.Message}");
            Assert.DoesNotContain(TextReport.Write(first.Diagnostics), one => char.IsControl(one) && one != '\n');
        }
        catch (Exception error)
        {
            var path = Path.Combine(Path.GetTempPath(), $"merlon-fuzz-{reader.Name}-{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes))[..12]}");
            File.WriteAllBytes(path, bytes);
            throw new InvalidDataException($"{reader.Name} failed at {which}; once mended, move '{path}' to tests/fuzz/{reader.Name}: {error.Message}", error);
        }
    }

    // A fix is compared by its effect elsewhere.
    private static (string Id, SourceSpan Span, string Message) Told(Diagnostic diagnostic) => (diagnostic.Info.Id, diagnostic.Span, diagnostic.Message);
}
