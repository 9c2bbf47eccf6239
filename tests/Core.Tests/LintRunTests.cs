using System.Text;
using Merlon.Core.Git;
using Merlon.Core.Programs;
using Xunit;

namespace Merlon.Core.Tests;

public sealed class LintRunTests : IDisposable
{
    private const string Rule = "title: T\nlogsource: {product: windows}\ndetection: {s: {a: b}, condition: s}\ntags: [attack.t9999]\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("merlon-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_folder_without_repository_and_configuration_is_checked()
    {
        Write("a/x.yml", Rule);
        Assert.Equal(["x.yml MRL3001"], Found(Path.Combine(_folder, "a")));
    }

    [Fact]
    public void Loose_files_of_several_folders_are_checked_together()
    {
        Write("a/x.yml", Rule);
        Write("b/c/y.yml", Rule);
        Assert.Equal(["a/x.yml MRL3001", "b/c/y.yml MRL3001"], Found(Path.Combine(_folder, "a", "x.yml"), Path.Combine(_folder, "b", "c", "y.yml")).Where(found => found.EndsWith(" MRL3001", StringComparison.Ordinal)));
    }

    [Fact]
    public void Actors_are_not_looked_at()
    {
        Write("merlon.yml", "actors: [nowhere/*.yml]\n");
        Write("rules/x.yml", Rule);
        Assert.Equal(["rules/x.yml MRL3001"], Found());
    }

    [Fact]
    public void A_check_finds_what_lint_finds()
    {
        using var repository = ReportTests.Open();
        var lint = LintRun.Run(repository.Request()).Diagnostics;
        Assert.NotEmpty(lint);
        Assert.Equal(lint, repository.Check().Diagnostics.Where(diagnostic => diagnostic.Span.Path.StartsWith("rules/", StringComparison.Ordinal) && !diagnostic.Info.Id.StartsWith("MRL5", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_file_is_replaced_whole_with_its_mode_and_only_when_it_is_what_was_read()
    {
        Write("a.yml", "old");
        WorkingTree tree = new(_folder);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path.Combine(_folder, "a.yml"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        tree.Replace("a.yml", "old"u8, "new"u8);
        Assert.Equal("new", File.ReadAllText(Path.Combine(_folder, "a.yml")));
        if (!OperatingSystem.IsWindows())
            Assert.True(File.GetUnixFileMode(Path.Combine(_folder, "a.yml")).HasFlag(UnixFileMode.UserExecute));
        Assert.Throws<IOException>(() => tree.Replace("a.yml", "old"u8, "newer"u8));
        Assert.Throws<IOException>(() => tree.Replace("a.yml", "ne"u8, "newer"u8));
        Assert.Equal(["a.yml"], Directory.GetFileSystemEntries(_folder).Select(Path.GetFileName));
    }

    [Fact]
    public void Nothing_is_written_through_a_link()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights on Windows");
        Write("outside/a.yml", "old");
        Write("tree/b.yml", "old");
        WorkingTree tree = new(Path.Combine(_folder, "tree"));
        File.CreateSymbolicLink(tree.FullPath("a.yml"), Path.Combine(_folder, "outside", "a.yml"));
        Directory.CreateSymbolicLink(tree.FullPath("folder"), Path.Combine(_folder, "outside"));
        Assert.Throws<IOException>(() => tree.Replace("a.yml", "old"u8, "new"u8));
        Assert.Throws<IOException>(() => tree.Replace("folder/a.yml", "old"u8, "new"u8));
        // A link with a name that could be foreseen neither stops the writing nor is written through.
        File.CreateSymbolicLink(tree.FullPath($"b.yml.{Environment.ProcessId}.tmp"), Path.Combine(_folder, "outside", "a.yml"));
        tree.Replace("b.yml", "old"u8, "new"u8);
        Assert.Equal("new", File.ReadAllText(tree.FullPath("b.yml"), Encoding.UTF8));
        Assert.Equal("old", File.ReadAllText(Path.Combine(_folder, "outside", "a.yml"), Encoding.UTF8));
    }

    private string[] Found(params string[] paths) =>
    [
        .. LintRun.Run(new() { Directory = _folder, Paths = [.. paths], Date = TemporaryRepository.Day }).Diagnostics.Select(diagnostic => $"{diagnostic.Span.Path} {diagnostic.Info.Id}"),
    ];

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_folder, path))!);
        File.WriteAllText(Path.Combine(_folder, path), text);
    }
}
