using Merlon.Core.Configuration;
using Merlon.Core.Programs;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>A repository of a few files in a temporary folder.</summary>
internal sealed class TemporaryRepository : IDisposable
{
    /// <summary>The day of all tests.</summary>
    public static readonly DateOnly Day = new(2026, 11, 24);

    public TemporaryRepository(params ReadOnlySpan<(string Path, string Text)> files)
    {
        Directory.CreateDirectory(Path.Combine(Root, ".git"));
        foreach (var (path, text) in files)
            Write(path, text);
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("merlon-").FullName;

    public void Write(string path, string text)
    {
        var full = PathOf(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    public string PathOf(string path) => Path.Combine(Root, path);

    // Most tests of configuration and profiles need no rule.
    public CheckRequest Request(Overrides? overrides = null, string folder = "") => new() { Directory = Path.TrimEndingDirectorySeparator(Path.Combine(Root, folder)), Date = Day, NeedsRules = false, Overrides = overrides ?? new() };

    public CheckResult Check(Overrides? overrides = null) => Programs.Check.Run(Request(overrides));

    /// <summary>The program, which must be usable.</summary>
    public Snapshot Load(Overrides? overrides = null, string folder = "")
    {
        var request = Request(overrides, folder);
        var snapshot = Snapshot.Load(request, ProgramFiles.Find(request), out var errors);
        Assert.True(snapshot is not null, LintRuleTests.Lines(errors));
        return snapshot;
    }

    /// <summary>Makes it a git repository, and what lies in it a commit.</summary>
    /// <returns>The commit's id.</returns>
    public string Commit()
    {
        using LibGit2Sharp.Repository git = new(LibGit2Sharp.Repository.Init(Root));
        LibGit2Sharp.Commands.Stage(git, "*");
        LibGit2Sharp.Signature author = new("a", "a@example.org", new(2026, 11, 24, 0, 0, 0, TimeSpan.Zero));
        return git.Commit("c", author, author, new() { AllowEmptyCommit = true }).Sha;
    }

    public void Dispose()
    {
        // Git's objects are read-only, and Windows then refuses.
        foreach (var file in new DirectoryInfo(Root).EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }).Where(file => file.IsReadOnly))
            file.IsReadOnly = false;
        Directory.Delete(Root, recursive: true);
    }
}
