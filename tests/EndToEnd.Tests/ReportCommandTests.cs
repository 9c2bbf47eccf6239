using System.Text.RegularExpressions;
using Xunit;

namespace Merlon.EndToEnd.Tests;

public sealed partial class ReportCommandTests : IDisposable
{
    private readonly RulesRepository _repository = new();

    public static TheoryData<string> Commands =>
        [.. Command().Matches(File.ReadAllText(Path.Combine(Checkout.Root, "docs", "report.md"))).Select(match => match.Groups[1].Value)];

    public void Dispose() => _repository.Dispose();

    [Theory, MemberData(nameof(Commands))]
    public void A_command_of_the_page_on_reports_works(string command)
    {
        _repository.Commit();
        _repository.Write("rules/other.yml", _repository.Read(RulesRepository.Rule).Replace("7a1ff0a5", "7a1ff0a6", StringComparison.Ordinal));
        _repository.Commit();
        var ended = _repository.Cli([.. Word().Matches(command).Skip(1).Select(word => word.Value.Trim('"') is "FOLDER" ? "site/new" : word.Value.Trim('"'))]);
        Assert.True(ended.ExitCode == 0, ended.ToString());
        Assert.Contains($"merlon: wrote {Path.Combine("site/new", "index.html")}", ended.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("<!doctype html>", _repository.Read("site/new/index.html"), StringComparison.Ordinal);
        Assert.Single(Directory.GetFileSystemEntries(_repository.PathOf("site/new")));
    }

    [Theory]
    [InlineData(RulesRepository.Config)]
    [InlineData(RulesRepository.Config + "/site")]
    [InlineData("taken")]
    public void A_folder_that_is_a_file_is_wrong_usage(string folder)
    {
        Directory.CreateDirectory(_repository.PathOf("taken/index.html"));
        var ended = _repository.Cli("report", "-o", folder);
        Assert.True(ended.ExitCode == 2, ended.ToString());
        Assert.Contains(folder, ended.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_base_that_is_not_there_is_wrong_usage_and_leaves_nothing()
    {
        _repository.Commit();
        var ended = _repository.Cli("report", "-o", "site", "--base", "v9");
        Assert.True(ended.ExitCode == 2, ended.ToString());
        Assert.False(Directory.Exists(_repository.PathOf("site")));
    }

    [GeneratedRegex(@"^\| `(merlon report [^`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex("\"[^\"]*\"|\\S+")]
    private static partial Regex Word();
}
