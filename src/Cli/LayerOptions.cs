using System.CommandLine;
using Merlon.Core.Git;
using Merlon.Core.Programs;

namespace Merlon.Cli;

/// <summary>The options of every kind of layer.</summary>
internal sealed class LayerOptions
{
    private readonly ProgramOptions _program = new();
    private readonly Option<bool> _private = new("--private") { Description = "Show actors by name whose TLP is amber or red." };
    private readonly Option<string> _domain = new("--domain") { Description = "The ATT&CK domain, where several are configured.", HelpName = "name" };
    private readonly Option<string?> _linkBase = new("--link-base") { Description = "Where the web shows rule files, for a host that the git remote does not tell; {commit}, {path} and {line} stand for what they say.", HelpName = "url" };

    public LayerOptions()
    {
        _program.AcceptPlatform();
        _linkBase.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && FilePages.TryParse(text) is null)
                result.AddError($"'{text}' is no address that starts with https:// and has no user's name in it");
        });
    }

    public void AddTo(Command command, bool hasDomain = true)
    {
        command.Add(_private);
        if (hasDomain)
            command.Add(_domain);
        command.Add(_linkBase);
        _program.AddTo(command);
    }

    public bool IsPrivate(ParseResult parsed) => parsed.GetValue(_private);

    public string? Domain(ParseResult parsed) => parsed.GetValue(_domain);

    public LayerRequest Read(ParseResult parsed) => new() { Check = _program.Read(parsed), Pages = parsed.GetValue(_linkBase) is { } text ? FilePages.TryParse(text) : null };
}
