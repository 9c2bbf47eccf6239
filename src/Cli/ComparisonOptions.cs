using System.CommandLine;
using Merlon.Core.Git;
using Merlon.Core.Programs;

namespace Merlon.Cli;

/// <summary>The options of commands that compare with a base. What a pipeline says comes from the environment, which Core never asks itself.</summary>
internal sealed class ComparisonOptions
{
    private readonly Option<string?> _base = new("--base") { Description = "Compare with this revision, or with the coverage baseline alone ('baseline'); the merge base with gate.base otherwise.", HelpName = "revision" };
    private readonly Option<bool> _acceptPolicy = new("--accept-policy") { Description = "Let a weakened policy pass: somebody who may decide that has seen it." };
    private readonly Option<string> _backend = new("--git-backend") { Description = "What reads git's store: auto, libgit2 or program.", DefaultValueFactory = _ => "auto", HelpName = "name" };

    private readonly bool _judges;
    private readonly bool _takesBase;

    /// <param name="judges">False for a command that only shows.</param>
    /// <param name="takesBase">For a command that only shows: whether it compares with a base, rather than with what it names itself.</param>
    public ComparisonOptions(bool judges = true, bool takesBase = false)
    {
        (_judges, _takesBase) = (judges, judges || takesBase);
        _backend.AcceptOnlyFromAmong([.. GitBackends.Names]);
    }

    public void AddTo(Command command)
    {
        if (_takesBase)
            command.Add(_base);
        if (_judges)
            command.Add(_acceptPolicy);
        command.Add(_backend);
    }

    public BaseRequest Read(ParseResult parsed) => new()
    {
        Given = _takesBase ? parsed.GetValue(_base) : null,
        AcceptsPolicy = _judges && parsed.GetValue(_acceptPolicy),
        Backend = GitBackends.TryParse(parsed.GetValue(_backend), out var backend) ? backend : default,
        Pipeline = PipelineBase.Read(Environment.GetEnvironmentVariable, PipelineBase.ReadEvent),
    };

    /// <summary>What a command without these options compares with.</summary>
    public static BaseRequest ReadEnvironment() => new() { Pipeline = PipelineBase.Read(Environment.GetEnvironmentVariable, PipelineBase.ReadEvent) };

    /// <summary>Says on standard error why the git program reads the store.</summary>
    public static void Note(string? notice)
    {
        if (notice is not null)
            Console.Error.WriteLine($"merlon: {notice}");
    }
}
