using System.Text;
using Merlon.Core.Yaml;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>The quick reader gives what YamlDotNet gives, or nothing.</summary>
public sealed class BlockReaderTests
{
    [Theory]
    [InlineData("title: a\ntags:\n- x\n-\n- 'it''s'\nempty:\nlast: \"a\\\\b \\\" c\"\n")]
    [InlineData("# first\n---\na: 1 # one\nb:\n    - c: d\n      e: f\n\n    # between\n    - - 1\n      - 2\n---\nx: y\n# end")]
    [InlineData("text: |\n\n    one\n\n      two\n    three\n\n\nnext: >-\n    folded\n    on\n\n    new\nkept: |+\n    a\n\nend: 1\n")]
    [InlineData("plain: this goes on\n    and on\n\n    after an empty line\nquoted: 'so\n\n  does this'\nkey with spaces: http://a:80/b#c\n")]
    [InlineData("'quoted key': \"a\n  b\"\nurl: a:b\n-dash: -x\n")]
    [InlineData("a:\n  b:\n    c:\n  d:\ne:\n")]
    public void Takes_block_style(string text)
    {
        var quick = YamlFile.ReadQuickly("a.yml", text);
        Assert.NotNull(quick);
        Assert.Equal(Dump(YamlFile.ReadAny("a.yml", text, keepsDuplicateKeys: false)), Dump(quick));
    }

    [Theory]
    [InlineData("a: [1]\n")]
    [InlineData("a: {b: 1}\n")]
    [InlineData("a: &x 1\n")]
    [InlineData("a: *x\n")]
    [InlineData("a: !!str 1\n")]
    [InlineData("a: 1\na: 2\n")]
    [InlineData("<<: 1\n")]
    [InlineData("? a\n: b\n")]
    [InlineData("a: 1\r\nb: 2\r\n")]
    [InlineData("a:\t1\n")]
    [InlineData("%YAML 1.2\n---\na: 1\n")]
    [InlineData("a: 1\n...\n")]
    [InlineData("---\n---\na: 1\n")]
    [InlineData("a: 1\n---\n")]
    [InlineData("a: |2\n  b\n")]
    [InlineData("a: >\n  b\n    c\n")]
    [InlineData("a: \"\\x41\"\n")]
    [InlineData("a: b: c\n")]
    [InlineData("a: 'b' c\n")]
    [InlineData("a:\n  - b\n c: d\n")]
    [InlineData("a: b # c\n  d\n")]
    [InlineData("a:\n- b: c\n     ")]
    [InlineData("only text\n")]
    [InlineData("")]
    public void Leaves_the_rest_to_YamlDotNet(string text) => Assert.Null(YamlFile.ReadQuickly("a.yml", text));

    [Fact]
    public void Gives_what_YamlDotNet_gives_for_every_file_here()
    {
        var files = Directory.EnumerateFiles(Repository.Root, "*.yml", SearchOption.AllDirectories).Where(file => !file.Contains($"{Path.DirectorySeparatorChar}artifacts{Path.DirectorySeparatorChar}", StringComparison.Ordinal)).ToArray();
        Assert.True(files.Count(IsTakenAlike) > files.Length / 3);
    }

    [Fact]
    public void Gives_what_YamlDotNet_gives_for_SigmaHQ()
    {
        var files = Directory.EnumerateFiles(Repository.SharedData("sigmahq"), "*.yml", SearchOption.AllDirectories).ToArray();
        Assert.True(files.Count(IsTakenAlike) > files.Length * 0.95);
    }

    [Fact]
    public void Gives_what_YamlDotNet_gives_for_damaged_rules()
    {
        var rules = Directory.EnumerateFiles(Path.Combine(Repository.Root, "rules"), "*.yml", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllText).ToArray();
        Random random = new(1);
        for (var i = 0; i < 6_000; i++)
            IsAlike(Damage(rules[random.Next(rules.Length)], random));
    }

    private static readonly string[] Pieces =
        [" ", "  ", "\n", "\n\n", ":", ": ", "- ", "-", "#", " #", "'", "\"", "|", ">", "|-", "---", "\n---\n", "...", "?", "? ", "&a ", "*a", "!", "%", "@", "[", "]", "{", "}", ",", "\\", "\t", "\r", "<<: x", "\u00e9", "\ud83d\ude00", "a: b\n"];

    // One to three small changes, as an editor's slip makes them.
    private static string Damage(string text, Random random)
    {
        StringBuilder damaged = new(text);
        for (var i = random.Next(3); i >= 0; i--)
        {
            var at = random.Next(damaged.Length);
            switch (random.Next(5))
            {
                case 0:
                    damaged.Remove(at, Math.Min(random.Next(1, 4), damaged.Length - at));
                    break;
                case 1:
                    damaged.Insert(at, Pieces[random.Next(Pieces.Length)]);
                    break;
                default:
                    // At a line's beginning or end, where YAML decides most.
                    var line = damaged.ToString().LastIndexOf('\n', at) + 1;
                    if (random.Next(2) == 0)
                        damaged.Insert(line, Pieces[random.Next(Pieces.Length)]);
                    else if (line < damaged.Length && damaged[line] == ' ')
                        damaged.Remove(line, random.Next(1, 3) is var count && line + count <= damaged.Length ? count : 1);
                    else
                        damaged.Insert(Math.Max(0, line - 1), Pieces[random.Next(Pieces.Length)]);
                    break;
            }
            if (damaged.Length == 0)
                damaged.Append('a');
        }
        return damaged.ToString();
    }

    private static bool IsTakenAlike(string file) => YamlText.TryDecode("a.yml", File.ReadAllBytes(file), out _) is { } text && IsAlike(text);

    private static bool IsAlike(string text)
    {
        if (YamlFile.ReadQuickly("a.yml", text) is not { } quick)
            return false;
        var (any, taken) = (Dump(YamlFile.ReadAny("a.yml", text, keepsDuplicateKeys: false)), Dump(quick));
        if (any != taken)
        {
            var (line, first) = any.Split('\n').Index().First(one => taken.Split('\n').ElementAtOrDefault(one.Index) != one.Item);
            Assert.Fail($"YamlDotNet has {first}\nand not      {taken.Split('\n').ElementAtOrDefault(line)}\nin\n{text}");
        }
        return true;
    }

    // All that a reader of the nodes can see.
    private static string Dump(YamlFile file)
    {
        StringBuilder dump = new();
        foreach (var diagnostic in file.Diagnostics)
            dump.AppendLine($"{diagnostic.Span} {diagnostic.Info.Id} {diagnostic.Message}");
        foreach (var document in file.Documents)
        {
            dump.AppendLine($"document {document.Index} {document.IsWhole}");
            Dump(document.Root, dump);
        }
        return dump.ToString();
    }

    private static void Dump(YamlNode node, StringBuilder dump)
    {
        dump.Append($"{node.Kind} {node.Span.Line},{node.Span.Column},{node.Span.EndLine},{node.Span.EndColumn} ");
        switch (node)
        {
            case YamlScalar scalar:
                dump.Append($"{scalar.Value.Replace("\n", "\\n", StringComparison.Ordinal)} {scalar.IsPlain} {scalar.Quote} {scalar.IsAsWritten}");
                foreach (var index in new[] { 0, scalar.Value.Length / 2, Math.Max(0, scalar.Value.Length - 1) })
                    dump.Append($" {scalar.SpanOf(index, 1)}");
                dump.AppendLine();
                break;
            case YamlSequence sequence:
                dump.AppendLine($"{sequence.IsFlow} {sequence.IsShared}");
                foreach (var item in sequence.Items)
                    Dump(item, dump);
                break;
            case YamlMapping mapping:
                dump.AppendLine();
                foreach (var entry in mapping.Entries)
                {
                    Dump(entry.Key, dump);
                    Dump(entry.Value, dump);
                }
                break;
        }
    }
}
