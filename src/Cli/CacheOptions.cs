using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using Merlon.Core.Git;
using Merlon.Core.Programs;

namespace Merlon.Cli;

/// <summary>Where a check keeps what it read of rules. By itself that is in the user's own folder, where no pull request can put a file.</summary>
internal sealed class CacheOptions
{
    private readonly Option<string?> _cache = new("--cache") { Description = "The file in which what was read of rules is kept for the next check; one in your cache folder otherwise.", HelpName = "file" };
    private readonly Option<bool> _noCache = new("--no-cache") { Description = "Read every rule again, and keep nothing." };

    public void AddTo(Command command)
    {
        command.Add(_cache);
        command.Add(_noCache);
        _cache.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } file && OutputOptions.WhyNoFile(file) is { } reason)
                result.AddError(reason);
        });
    }

    public CheckRequest Add(ParseResult parsed, CheckRequest request) =>
        parsed.GetValue(_noCache) ? request : request with { Cache = parsed.GetValue(_cache) is { } given ? Path.GetFullPath(given) : DefaultOf(request) };

    /// <summary>Another for each program. Null where the user has no such folder.</summary>
    private static string? DefaultOf(CheckRequest request)
    {
        var folder = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { } given && Path.IsPathFullyQualified(given) ? given
            : OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) is { Length: > 0 } home ? Path.Combine(home, ".cache") : "";
        var program = string.Join('\n', [WorkingTree.FindRoot(request.Directory) ?? request.Directory, request.Config ?? "", .. request.Paths]);
        return folder.Length == 0 ? null : Path.Combine(folder, "merlon", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(program)))[..32] + ".rules");
    }
}
