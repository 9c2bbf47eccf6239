using System.Text.Json;
using Xunit;

namespace Merlon.EndToEnd.Tests;

/// <summary>Layers as a release pipeline writes them.</summary>
public sealed class LayerTests : IDisposable
{
    private readonly RulesRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [Fact]
    public void All_layers_of_a_program_are_in_one_folder_and_name_nobody_who_is_kept_back()
    {
        _repository.Write("merlon.yml", "name: Prod EU\n");
        _repository.Write("actors/quiet-moth.yml", "name: Quiet Moth\ntlp: red\ntechniques: [T1059.001, T1047]");
        _repository.Commit();
        _repository.Git("remote", "add", "origin", "https://me:secret@github.com/o/r.git");
        var before = _repository.Git("rev-parse", "HEAD");
        _repository.Write("rules/new.yml", _repository.Read(RulesRepository.Rule).Replace("t1059.001", "t1047", StringComparison.Ordinal).Replace("7a1ff0a5", "7a1ff0a6", StringComparison.Ordinal));
        _repository.Commit();
        _repository.Write("layers/notes.txt", "mine");
        _repository.Write("layers/prod-eu-actor-gone.json", "{}");

        var ended = All();
        Assert.True(ended.ExitCode == 0, ended.ToString());
        string[] names = ["actor-actor-1", "actor-velvet-badger", "coverage", "delta", "evidence", "gap-actor-1", "gap-velvet-badger", "overlay"];
        Assert.Equal(names.Select(name => $"prod-eu-{name}.json").Append("prod-eu-actor-gone.json").Append("notes.txt").Order(StringComparer.Ordinal), Directory.GetFileSystemEntries(_repository.PathOf("layers")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(names.Length, ended.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains($"{Path.Combine("layers", "prod-eu-actor-velvet-badger.json")}: Used by Velvet Badger, 2 cells\n", ended.Output, StringComparison.Ordinal);
        Assert.Equal($"merlon: '{Path.Combine("layers", "prod-eu-actor-gone.json")}' is of an earlier run; this one has no such layer\n", ended.Error);
        Assert.Equal(("mine\n", "{}\n"), (_repository.Read("layers/notes.txt"), _repository.Read("layers/prod-eu-actor-gone.json")));
        foreach (var text in names.Select(Read))
        {
            Assert.DoesNotContain("moth", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
            using var layer = JsonDocument.Parse(text);
            Assert.Equal("4.5", layer.RootElement.GetProperty("versions").GetProperty("layer").GetString());
        }
        Assert.Contains($"\"url\": \"https://github.com/o/r/blob/{_repository.Git("rev-parse", "HEAD")}/rules/new.yml#L1\"", Read("coverage"), StringComparison.Ordinal);
        Assert.Contains("gained: none -> deployable on Windows (Actor 1); new rule", Read("delta"), StringComparison.Ordinal);
        Assert.Contains(before, Read("delta"), StringComparison.Ordinal);

        // The same again, over what is there, and not one byte else.
        var first = names.Select(Read).ToArray();
        Assert.Equal(0, All().ExitCode);
        Assert.Equal(first, names.Select(Read));

        Ended All() => _repository.Cli("layer", "--all", "-o", "layers", "--date", RulesRepository.Day, "--base", before);
        string Read(string name) => _repository.Read($"layers/prod-eu-{name}.json");
    }

    [Fact]
    public void A_platform_is_all_that_a_layer_shows()
    {
        var ended = _repository.Cli("layer", "actor", "G0046", "--platform", "Linux");
        Assert.True(ended.ExitCode == 0, ended.ToString());
        using var layer = JsonDocument.Parse(ended.Output);
        Assert.Contains("Linux", layer.RootElement.GetProperty("filters").GetProperty("platforms").EnumerateArray().Select(one => one.GetString()));
        Assert.DoesNotContain("\"T1059.001\"", ended.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("layer", "name a kind of layer, or --all with -o FOLDER")]
    [InlineData("layer --all", "name their folder with -o")]
    [InlineData("layer --all -o merlon.yml", "'merlon.yml' is a file; name a folder")]
    [InlineData("layer --all -o none/layers", "the folder of 'none/layers' does not exist; create it")]
    [InlineData("layer --all -o layers --base nothing", "nothing")]
    [InlineData("layer delta", "there is no git repository here")]
    [InlineData("layer coverage --domain ics-attack", "'ics-attack' is not one of attack.domains, enterprise-attack")]
    [InlineData("layer coverage --link-base https://me:secret@git.example.org", "no address that starts with https://")]
    [InlineData("layer coverage --platform Windoze", "Windows")]
    [InlineData("layer actor FIM7", "did you mean 'FIN7'?")]
    public void What_cannot_be_done_is_2_and_says_why(string arguments, string reason)
    {
        // What looks for git there finds none.
        Directory.Delete(_repository.PathOf(".git"));
        var ended = _repository.Cli(arguments.Split(' '));
        Assert.True(ended.ExitCode == 2, ended.ToString());
        Assert.Contains(reason, ended.Error + ended.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_repository.PathOf("layers")));
    }
}
