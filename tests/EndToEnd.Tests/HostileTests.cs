using System.Diagnostics;
using Xunit;

namespace Merlon.EndToEnd.Tests;

/// <summary>What a stranger may commit, and systems that fail in the middle.</summary>
public sealed class HostileTests : IDisposable
{
    private const string Rule = RulesRepository.Rule;

    private readonly RulesRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [Fact]
    public void A_committed_report_by_which_a_broken_rule_passes_is_not_believed()
    {
        Assert.Equal(0, _repository.Build().ExitCode);
        // Of the same length and time: the report still stands for it.
        var time = File.GetLastWriteTimeUtc(_repository.PathOf(Rule));
        _repository.Replace(Rule, "attack.t1059.001", "attack.t9999.001");
        File.SetLastWriteTimeUtc(_repository.PathOf(Rule), time);
        var forged = _repository.Build();
        Assert.True(forged.ExitCode == 0 && forged.Output.Contains(RulesRepository.NothingChanged, StringComparison.Ordinal), forged.ToString());
        _repository.Commit();
        var report = File.ReadAllText(_repository.Report);
        for (var i = 0; i < 2; i++)
        {
            var judged = _repository.Build();
            Assert.True(judged.ExitCode == 1, judged.ToString());
            Assert.Contains("error MRL3001", judged.Output, StringComparison.Ordinal);
            Assert.Contains("warning MRL9006: 'rules/obj/Debug/merlon.report.json' is not used", judged.Output, StringComparison.Ordinal);
            Assert.Contains("'git rm --cached rules/obj/Debug/merlon.report.json'", judged.Output, StringComparison.Ordinal);
            File.WriteAllText(_repository.Report, report);
        }
        _repository.Write(".gitignore", "obj/");
        _repository.Git("rm", "--quiet", "--cached", "-r", "rules/obj");
        _repository.Replace(Rule, "attack.t9999.001", "attack.t1059.001");
        Assert.DoesNotContain("MRL9006", _repository.Build().Output, StringComparison.Ordinal);
        Assert.Contains(RulesRepository.NothingChanged, _repository.Build().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_that_a_pipe_stands_for_keeps_no_build_waiting()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no such files there");
        Directory.CreateDirectory(Path.GetDirectoryName(_repository.Report)!);
        Assert.Equal(0, _repository.Run("mkfifo", [_repository.Report]).ExitCode);
        Assert.Equal(0, _repository.Build().ExitCode);
        Assert.StartsWith("{", File.ReadAllText(_repository.Report), StringComparison.Ordinal);
    }

    // No name is ever an option: not of this program, and not of the git program.
    [Theory]
    [InlineData("check --base=--output=stolen")]
    [InlineData("check --base=-rf")]
    [InlineData("check --changed-since=--output=stolen")]
    [InlineData("lint --changed-since=--help")]
    [InlineData("gate --base=--exec=touch${IFS}stolen")]
    [InlineData("diff -- --output=stolen..HEAD")]
    [InlineData("trend -- --output=stolen")]
    [InlineData("assess --since=--output=stolen")]
    public void A_revision_that_is_named_like_an_option_is_none(string arguments)
    {
        _repository.Commit();
        foreach (var backend in new[] { "libgit2", "program" })
        {
            var words = arguments.Split(' ');
            var ended = _repository.Cli([words[0], $"--git-backend={backend}", .. words[1..]]);
            Assert.True(ended.ExitCode is 1 or 2 && !(ended.Output + ended.Error).Contains("Usage:", StringComparison.Ordinal), ended.ToString());
        }
        Assert.Empty(Directory.GetFiles(_repository.Root, "*stolen*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("libgit2")]
    [InlineData("program")]
    public void A_branch_that_is_named_like_an_option_is_a_branch_by_its_whole_name_only(string backend)
    {
        _repository.Commit();
        _repository.Git("update-ref", "refs/heads/--output=stolen", "HEAD");
        _repository.Git("update-ref", "refs/heads/-rf", "HEAD");
        foreach (var name in new[] { "--output=stolen", "-rf" })
            foreach (var (exitCode, prefix) in new[] { (1, ""), (0, "refs/heads/") })
            {
                var ended = _repository.Cli("check", $"--git-backend={backend}", $"--base={prefix}{name}");
                Assert.True(ended.ExitCode == exitCode, ended.ToString());
            }
        Assert.Empty(Directory.GetFiles(_repository.Root, "stolen*"));
    }

    [Fact]
    public void A_rule_that_is_named_like_an_option_or_a_file_of_arguments_is_a_rule()
    {
        string[] names = ["--output=stolen.yml", "-rf.yml", "@arguments.yml", "[x].yml", "%TEMP%.yml", "$HOME.yml"];
        foreach (var name in names)
            _repository.Write($"rules/{name}", _repository.Read(Rule).Replace("t1059.001", "t9999", StringComparison.Ordinal));
        _repository.Write("arguments", "--help\n");
        _repository.Commit();
        foreach (var ended in new[] { _repository.Cli("check"), _repository.Cli("check", "--git-backend=program", "--base=HEAD"), _repository.Cli(["lint", "--", .. names.Select(name => $"rules/{name}")]) })
        {
            Assert.True(ended.ExitCode == 1, ended.ToString());
            Assert.All(names, name => Assert.Contains($"rules/{name}", ended.Output, StringComparison.Ordinal));
        }
        Assert.Equal(2, _repository.Cli("check", "@arguments").ExitCode);
        Assert.Empty(Directory.GetFiles(_repository.Root, "stolen*", SearchOption.TopDirectoryOnly));
    }

    [Fact]
    public void A_full_device_is_3()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "there is no such device there");
        var ended = _repository.Cli("check", "--format", "json", "-o", "/dev/full");
        Assert.True(ended.ExitCode == 3 && ended.Error.StartsWith("merlon: ", StringComparison.Ordinal) && !ended.Error.Contains("bug", StringComparison.Ordinal), ended.ToString());
        ended = _repository.Run("bash", ["-c", "dotnet \"$1\" check --format json > /dev/full", "-", Checkout.Cli]);
        Assert.True(ended.ExitCode == 3, ended.ToString());
    }

    [Fact]
    public void Where_no_more_can_be_written_the_file_before_stays_and_nothing_beside_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the limit is set by a shell of Linux");
        var command = "report -o out";
        Assert.Equal(0, _repository.Cli(command.Split(' ')).ExitCode);
        var before = File.ReadAllBytes(_repository.PathOf("out/index.html"));
        _repository.Replace(RulesRepository.Config, "50", "40");
        // Bash counts in 1024 bytes, and the page has more. The signal is ignored, so that the write fails as on a full disk; the runtime's own mappings are no files then.
        Assert.True(before.Length > 8192);
        var ended = _repository.Run("bash", ["-c", "trap '' XFSZ; ulimit -f 8; exec dotnet \"$1\" " + command, "-", Checkout.Cli], ("DOTNET_EnableWriteXorExecute", "0"), ("DOTNET_EnableDiagnostics", "0"));
        Assert.True(ended.ExitCode == 3 && !ended.Error.Contains("bug", StringComparison.Ordinal), ended.ToString());
        Assert.Equal(before, File.ReadAllBytes(_repository.PathOf("out/index.html")));
        Assert.Equal(["index.html"], Directory.GetFileSystemEntries(_repository.PathOf("out")).Select(Path.GetFileName));
    }

    [Fact]
    public void A_process_that_is_killed_while_it_writes_leaves_the_old_file_or_the_new_one()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a kill there is no signal");
        string[] states = [Write("40"), Write("50")];
        Assert.NotEqual(states[0], states[1]);
        // From long before the file is written until after it.
        for (var i = 0; i < 8; i++)
        {
            _repository.Replace(RulesRepository.Config, i % 2 == 0 ? "50" : "40", i % 2 == 0 ? "40" : "50");
            using (var process = Process.Start(new ProcessStartInfo("dotnet", [Checkout.Cli, "report", "-o", "out"]) { WorkingDirectory = _repository.Root, RedirectStandardError = true, RedirectStandardOutput = true })!)
            {
                process.WaitForExit(TimeSpan.FromMilliseconds(200 + (i * 150)));
                process.Kill();
                process.WaitForExit();
            }
            Assert.Contains(_repository.Read("out/index.html"), states);
            // What may be left is hidden and says what it is.
            Assert.All(Directory.GetFileSystemEntries(_repository.PathOf("out")).Select(file => Path.GetFileName(file)!).Where(name => name != "index.html"), name =>
                Assert.Matches(@"^\.index\.html\.[a-z0-9]{8}\.tmp$", name));
        }

        string Write(string target)
        {
            _repository.Replace(RulesRepository.Config, target == "40" ? "50" : "40", target);
            Assert.Equal(0, _repository.Cli("report", "-o", "out").ExitCode);
            return _repository.Read("out/index.html");
        }
    }

    [Fact]
    public void Where_nothing_may_be_written_a_check_works_and_what_writes_says_so()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "another user is taken by a program of Linux");
        _repository.Replace(Rule, "attack.t1059.001", "attack.T1059.001");
        _repository.Write("rules/obj/.keep", "");
        foreach (var folder in Directory.GetDirectories(_repository.Root, "*", SearchOption.AllDirectories).Prepend(_repository.Root))
            SetMode(folder, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        try
        {
            Assert.SkipWhen(AsOther("test", "-w", ".").ExitCode == 0, "this user may write everywhere, and there is no other");
            Assert.SkipWhen(AsOther("test", "-r", Checkout.Cli).ExitCode != 0, "the other user may not read the tool");
            var check = AsOther("dotnet", Checkout.Cli, "check");
            Assert.True(check.ExitCode == 1 && check.Output.Contains("error MRL3004", StringComparison.Ordinal), check.ToString());
            var fix = AsOther("dotnet", Checkout.Cli, "lint", "--fix");
            Assert.True(fix.ExitCode == 3 && fix.Error.Contains("denied", StringComparison.Ordinal) && !fix.Error.Contains("bug", StringComparison.Ordinal), fix.ToString());
            var output = AsOther("dotnet", Checkout.Cli, "check", "-o", "out.txt");
            Assert.True(output.ExitCode == 3, output.ToString());
            Assert.Contains("attack.T1059.001", _repository.Read(Rule), StringComparison.Ordinal);
        }
        finally
        {
            foreach (var folder in Directory.GetDirectories(_repository.Root, "*", SearchOption.AllDirectories).Prepend(_repository.Root))
                SetMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static void SetMode(string folder, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder, mode);
    }

    // For root, who may write anywhere, somebody else runs it.
    private Ended AsOther(string program, params string[] arguments) => Environment.UserName != "root" ? _repository.Run(program, arguments)
        : _repository.Run("setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", program, .. arguments], ("HOME", "/nonexistent"), ("DOTNET_EnableDiagnostics", "0"));
}
