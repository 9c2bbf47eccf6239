using Xunit;

namespace Merlon.EndToEnd.Tests;

public sealed class ActorTests : IDisposable
{
    private const string Layer = """{"name":"Brass Otter","versions":{"layer":"4.5"},"domain":"enterprise-attack","techniques":[{"techniqueID":"T1059.001","score":1},{"techniqueID":"T9999","score":1}]}""";
    private readonly RulesRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [Fact]
    public void An_imported_profile_is_measured()
    {
        _repository.Write("otter.json", Layer);
        var ended = _repository.Cli("actor", "import", "otter.json", "-o", "actors/otter.yml", "--date", "2026-11-24");
        Assert.True(ended.ExitCode == 0, ended.ToString());
        Assert.Equal("otter.json(1,131): warning MRL4016: T9999 is left out: it is not a technique of ATT&CK 19.1\n", ended.Error.ReplaceLineEndings("\n"));
        Assert.Equal("", ended.Output);
        var list = _repository.Cli("actor", "list");
        Assert.Contains("Brass Otter    actors/otter.yml          -     1           deployable 1/1 (100.0%)  50      2026-11-24  clear\n", list.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("T1059.001 PowerShell; from profile; deployable on Windows", _repository.Cli("actor", "show", "brass otter").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_profile_is_overwritten_only_by_force()
    {
        _repository.Write("otter.json", Layer);
        _repository.Write("actors/otter.yml", "name: mine\ntechniques: [T1110]\n");
        var refused = _repository.Cli("actor", "import", "otter.json", "-o", "actors/otter.yml");
        Assert.Equal((2, "merlon: 'actors/otter.yml' exists; --force overwrites it"), (refused.ExitCode, refused.Error.Trim()));
        Assert.StartsWith("name: mine", File.ReadAllText(_repository.PathOf("actors/otter.yml")), StringComparison.Ordinal);
        Assert.Equal(0, _repository.Cli("actor", "import", "otter.json", "-o", "actors/otter.yml", "--force").ExitCode);
        Assert.Contains("name: Brass Otter\n", File.ReadAllText(_repository.PathOf("actors/otter.yml")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_actors_of_a_file_with_several_are_listed()
    {
        _repository.Write("layers.json", $"[{Layer},{Layer.Replace("Brass", "Tin", StringComparison.Ordinal)}]");
        var ended = _repository.Cli("actor", "import", "layers.json");
        Assert.Equal(2, ended.ExitCode);
        Assert.EndsWith("  Brass Otter: 2 techniques\n  Tin Otter: 2 techniques\n", ended.Error.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("name: Tin Otter\n", _repository.Cli("actor", "import", "layers.json", "--actor", "tin otter").Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("actor import no-such-file.json", "'no-such-file.json' does not exist")]
    [InlineData("actor import FIM7", "did you mean 'FIN7'?")]
    [InlineData("actor import FIN7 --format word", "'word'")]
    [InlineData("actor show FIM7", "did you mean 'FIN7'?")]
    [InlineData("actor suggest --sector energy", "--cluster")]
    [InlineData("actor suggest --cluster merlon.yml", "name a --sector or a --country")]
    [InlineData("actor suggest --sector energy --cluster merlon.yml", "a MISP galaxy cluster is JSON with an array 'values'")]
    [InlineData("actor suggest --sector energy --cluster none.json", "'none.json' is not a file")]
    public void What_cannot_be_done_is_2_and_says_why(string arguments, string reason)
    {
        var ended = _repository.Cli(arguments.Split(' '));
        Assert.Equal(2, ended.ExitCode);
        Assert.Contains(reason, ended.Error + ended.Output, StringComparison.Ordinal);
    }
}
