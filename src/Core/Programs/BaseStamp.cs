using Merlon.Core.Git;

namespace Merlon.Core.Programs;

/// <summary>What the base of a run was found from. It is kept beside a report: while it is found the same way, the base is the same.</summary>
/// <param name="Own">Head's <c>gate.base</c>.</param>
/// <param name="Configured">The base's <c>gate.base</c>, which decides.</param>
/// <param name="Found">What is found with neither, with the first and with the second.</param>
internal sealed record BaseStamp(string? Own, string? Configured, string Found)
{
    public static BaseStamp Of(GitRepository repository, BaseRequest wanted, string? own, string? configured)
    {
        var names = new[] { null, own, configured }.Where(name => name != GateRun.BaselineWord).Distinct();
        var found = names.Select(name => BaseFinder.Find(repository, wanted.Given, name, wanted.Pipeline));
        return new(own, configured, string.Join('\n', found.Select(one => $"{one.Ref} {one.Commit?.Id} {one.How} {one.Problem}")));
    }

    /// <summary>Whether the base would be found the same now.</summary>
    /// <param name="root">Full path of the repository.</param>
    public static bool IsAsBefore(BaseStamp? before, BaseRequest wanted, string root)
    {
        using var repository = GitRepository.TryOpen(root, wanted.Backend, out _);
        try
        {
            return repository is null ? before is null : before is not null && Of(repository, wanted, before.Own, before.Configured) == before;
        }
        catch (GitFailure)
        {
            return false;
        }
    }
}
