using Xunit;

namespace Merlon.EndToEnd.Tests;

/// <summary>What shells complete, with their own programs where they are here.</summary>
public sealed class CompletionTests : IDisposable
{
    private readonly TemporaryHome _home = new();

    public CompletionTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "shells of other systems");

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData("merlon che", "merlon|che", "check")]
    [InlineData("merlon attack ", "merlon|attack|", "diff|import|list|show|update")]
    [InlineData("merlon trend --definition ", "merlon|trend|--definition|", "own|today")]
    [InlineData("merlon check --format=j", "merlon|check|--format|=|j", "json|junit")]
    [InlineData("merlon check --format=", "merlon|check|--format|=", "github|gitlab|json|junit|msbuild|sarif|text")]
    [InlineData("merlon check --ac", "merlon|check|--ac", "--accept-policy|--actor|--actors")]
    [InlineData("merlon check --actor FIN1", "merlon|check|--actor|FIN1", "FIN10|FIN13")]
    [InlineData("merlon check --roll-up s rules --pre a", "merlon|check|--roll-up|s|rules|--pre|a", "apart")]
    [InlineData("merlon explain MRL300", "merlon|explain|MRL300", "MRL3001|MRL3002|MRL3003|MRL3004|MRL3005|MRL3006|MRL3007|MRL3008|MRL3009")]
    [InlineData("merlon why T1059.00", "merlon|why|T1059.00", "T1059.001|T1059.002|T1059.003|T1059.004|T1059.005|T1059.006|T1059.007|T1059.008|T1059.009")]
    [InlineData("merlon completion ", "merlon|completion|", "bash|fish|pwsh|zsh")]
    [InlineData("merlon check ru", "merlon|check|ru", "")]
    [InlineData("merlon check --config ", "merlon|check|--config|", "")]
    [InlineData("merlon check -- --f", "merlon|check|--|--f", "")]
    public void Bash_completes(string line, string words, string expected) => Assert.Equal(expected, string.Join('|', Complete(line, words.Split('|'))));

    [Fact]
    public void A_name_is_quoted_and_never_executed()
    {
        string[] names = ["$(touch pwned)", "`touch pwned`", "a; touch pwned", "a'b\"c", "two words"];
        foreach (var (index, name) in names.Index())
            Write($"actors/{index}.yml", $"name: \"Zz {name.Replace("\"", "\\\"", StringComparison.Ordinal)}\"\ntechniques: [T1059.001]\n");
        Write("actors/newline.yml", "name: \"Zz a\\ntouch pwned\"\ntechniques: [T1059.001]\n");
        var replies = Complete("merlon check --actor Zz", ["merlon", "check", "--actor", "Zz"]);
        Assert.Equal(names.Length, replies.Length);
        // What bash makes of them on a line is the name, and nothing else happens.
        foreach (var reply in replies)
            Assert.Contains(_home.Bash($"printf '%s' {reply}").Output["Zz ".Length..], names);
        // Inside of quotes only what means itself there.
        Assert.Equal(["Zz a; touch pwned", "Zz two words"], Complete("merlon check --actor \"Zz", ["merlon", "check", "--actor", "\"Zz"]));
        Assert.False(File.Exists(_home.PathOf("pwned")));
    }

    [Fact]
    public void A_folder_that_cannot_be_used_completes_all_the_same()
    {
        Write("merlon.yml", "gaet: [");
        Assert.Equal(["FIN10", "FIN13"], Complete("merlon check --actor FIN1", ["merlon", "check", "--actor", "FIN1"]));
        Assert.Equal((2, ""), (_home.Bash("merlon complete").ExitCode, _home.Bash("merlon complete -- x").Output));
    }

    [Theory]
    [InlineData("bash", "bash -n")]
    [InlineData("bash", "shellcheck -s bash -")]
    [InlineData("zsh", "zsh -n")]
    [InlineData("fish", "fish --no-execute")]
    public void A_script_is_one_of_its_shell(string shell, string check)
    {
        Assert.SkipUnless(_home.Bash($"command -v {check.Split(' ')[0]}").ExitCode == 0, $"no {check.Split(' ')[0]} here");
        var ended = _home.Bash($"merlon completion {shell} > script && {check.Replace(" -s bash -", " -s bash script", StringComparison.Ordinal)}{(check.StartsWith("shellcheck", StringComparison.Ordinal) ? "" : " script")}");
        Assert.True(ended.ExitCode == 0, ended.ToString());
    }

    [Fact]
    public void Fish_completes()
    {
        Assert.SkipUnless(_home.Bash("command -v fish").ExitCode == 0, "no fish here");
        Write("actors/a.yml", "name: \"Zz $(touch pwned)\"\ntechniques: [T1059.001]\n");
        var ended = _home.Bash("""fish --no-config -c 'merlon completion fish | source; complete -C "merlon check --format s"; complete -C "merlon check --actor Zz"' """);
        Assert.Equal("sarif\nZz $(touch pwned)\n", ended.Output);
        Assert.False(File.Exists(_home.PathOf("pwned")));
    }

    [Fact]
    public void The_script_of_PowerShell_asks_for_words_and_quotes_them()
    {
        var ended = _home.Bash("merlon completion pwsh");
        Assert.Contains("Register-ArgumentCompleter -Native -CommandName merlon", ended.Output, StringComparison.Ordinal);
        Assert.Contains("EscapeSingleQuotedStringContent", ended.Output, StringComparison.Ordinal);
    }

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_home.PathOf(path))!);
        File.WriteAllText(_home.PathOf(path), text);
    }

    // As bash calls the function; what it replies is printed as it would stand on the line.
    private string[] Complete(string line, string[] words)
    {
        Assert.SkipUnless(_home.Packages is null || File.Exists(_home.PathOf(".dotnet/tools/merlon")), "the tool that was built is not on the path");
        var ended = _home.Bash($"source <(merlon completion bash)\nCOMP_LINE={Quoted(line)} COMP_POINT={line.Length} COMP_CWORD={words.Length - 1}\nCOMP_WORDS=({string.Join(' ', words.Select(Quoted))})\n_merlon\nprintf '%s\\n' \"${{COMPREPLY[@]}}\"");
        Assert.True(ended.ExitCode == 0 && ended.Error.Length == 0, ended.ToString());
        return [.. ended.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }

    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
