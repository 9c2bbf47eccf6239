using System.CommandLine;
using Merlon.Cli;
using Merlon.Cli.Help;
using Merlon.Core.Tests;
using Xunit;

namespace Merlon.EndToEnd.Tests;

/// <summary>The help of every command, as it is read where there is no terminal.</summary>
public sealed class HelpTests
{
    private const string Goldens = "tests/fixtures/help";

    public static TheoryData<string> Paths => [.. Commands(RootCommands.Create()).Select(Name)];

    [Theory, MemberData(nameof(Paths))]
    public void The_help_of_a_command_is_its_golden_file(string path)
    {
        var command = Commands(RootCommands.Create()).Single(command => Name(command) == path);
        var text = HelpText.Write(command, HelpText.DefaultWidth);
        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= HelpText.DefaultWidth && line.TrimEnd().Length == line.Length, line));
        Golden.Match(text, $"{Goldens}/{path.Replace(' ', '-')}.txt");
    }

    [Fact]
    public void Every_golden_file_is_the_help_of_a_command() => Assert.Equal(
        Commands(RootCommands.Create()).Select(command => $"{Name(command).Replace(' ', '-')}.txt").Order(StringComparer.Ordinal),
        Directory.GetFiles(Path.Combine(Checkout.Root, Goldens)).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));

    [Fact]
    public void Everything_says_what_it_is_for() => Assert.All(Commands(RootCommands.Create()), command =>
    {
        Assert.False(string.IsNullOrWhiteSpace(command.Description), Name(command));
        Assert.All(command.Options, option => Assert.True(option.Description?.EndsWith('.'), $"{Name(command)} {option.Name}"));
        Assert.All(command.Arguments, argument => Assert.True(argument.Description?.EndsWith('.'), $"{Name(command)} {argument.Name}"));
        Assert.All(command.Options.Where(option => option.Arity.MaximumNumberOfValues > 0 && option.ValueType != typeof(bool)), option => Assert.True(option.HelpName is not null, $"{Name(command)} {option.Name} has no name of its value"));
    });

    [Fact]
    public void The_program_prints_it()
    {
        var expected = File.ReadAllText(Path.Combine(Checkout.Root, Goldens, "merlon-check.txt")).ReplaceLineEndings("\n");
        using RulesRepository repository = new();
        Assert.Equal((0, expected), Run("check", "--help"));
        Assert.Equal((0, expected), Run("check", "--no-such-option", "-h"));
        Assert.Equal((0, expected), Run("help", "check"));
        var all = Run("--help");
        Assert.Equal((2, all.Output), Run());

        (int, string Output) Run(params string[] arguments)
        {
            var ended = repository.Cli(arguments);
            return (ended.ExitCode, ended.Output);
        }
    }

    [Theory]
    [InlineData("chekc", "merlon: 'chekc' is not a command; did you mean 'check'?\nmerlon: 'merlon --help' says what there is\n")]
    [InlineData("attack shwo", "merlon: 'shwo' is not a command; did you mean 'show'?\nmerlon: 'merlon attack --help' says what there is\n")]
    [InlineData("help chekc", "merlon: 'chekc' is not a command; did you mean 'check'?\nmerlon: 'merlon --help' lists them\n")]
    [InlineData("check --formt json", "merlon: '--formt' is not an option of this command; did you mean '--format'?\nmerlon: 'merlon check --help' says what there is\n")]
    [InlineData("gaps --fromat=csv", "merlon: '--fromat=csv' is not an option of this command; did you mean '--format'?\nmerlon: 'merlon gaps --help' says what there is\n")]
    [InlineData("trend --definition x", "merlon: Argument 'x' not recognized. Must be one of: 'today', 'own'\nmerlon: 'merlon trend --help' says what there is\n")]
    public void A_wrong_line_is_answered_with_what_was_meant(string line, string expected)
    {
        using RulesRepository repository = new();
        var ended = repository.Cli(line.Split(' '));
        Assert.Equal((2, "", expected), (ended.ExitCode, ended.Output, ended.Error));
    }

    public static TheoryData<string> Lines => [.. Commands(RootCommands.Create()).SelectMany(command => Examples.Of(HelpText.PathOf(command))).Select(example => example.Line).Where(line => line.StartsWith("merlon ", StringComparison.Ordinal) && !line.Contains('|', StringComparison.Ordinal)).Distinct()];

    [Theory, MemberData(nameof(Lines))]
    public void An_example_works(string line)
    {
        using RulesRepository repository = new();
        repository.Write(RulesRepository.Config, "name: examples");
        repository.Commit();
        repository.Write("rules/windows/other.yml", File.ReadAllText(repository.PathOf(RulesRepository.Rule)).Replace("7a1ff0a5", "7a1ff0a6", StringComparison.Ordinal).Replace(" -EncodedCommand ", " -ec ", StringComparison.Ordinal));
        repository.Commit();
        var ended = repository.Cli([.. line.Split(' ').Skip(1)]);
        Assert.True(ended.ExitCode == 0, ended.ToString());
    }

    private static IEnumerable<Command> Commands(Command command) => command.Subcommands.Where(sub => !sub.Hidden).SelectMany(Commands).Prepend(command);

    private static string Name(Command command) => string.Join(' ', HelpText.PathOf(command).Prepend("merlon"));
}
