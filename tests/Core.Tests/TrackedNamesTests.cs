using Merlon.Core.Git;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>What the tool saved must not be what somebody committed.</summary>
public class TrackedNamesTests
{
    [Fact]
    public void A_committed_file_is_tracked_wherever_it_lies_and_in_any_case()
    {
        using TemporaryRepository repository = new(("other/Report.json", "{}"));
        Assert.False(TrackedNames.MayHold(repository.PathOf("obj/report.json")));
        repository.Commit();
        Assert.True(TrackedNames.MayHold(repository.PathOf("other/Report.json")));
        Assert.True(TrackedNames.MayHold(repository.PathOf("obj/report.json")));
        Assert.False(TrackedNames.MayHold(repository.PathOf("obj/saved.json")));
    }

    [Fact]
    public void A_name_that_is_only_a_part_of_a_tracked_one_is_not_tracked()
    {
        using TemporaryRepository repository = new(("a.report.json.md", ""));
        repository.Commit();
        Assert.False(TrackedNames.MayHold(repository.PathOf("obj/report.json")));
    }

    [Fact]
    public void In_doubt_a_file_is_tracked()
    {
        using TemporaryRepository repository = new(("a", ""));
        repository.Commit();
        File.WriteAllText(repository.PathOf(".git/index"), "no index");
        Assert.True(TrackedNames.MayHold(repository.PathOf("obj/report.json")));
    }

    [Fact]
    public void An_index_that_claims_more_entries_than_its_bytes_could_hold_is_in_doubt()
    {
        using TemporaryRepository repository = new(("a", ""));
        repository.Commit();
        var index = File.ReadAllBytes(repository.PathOf(".git/index"));
        index[8] = 0x23;
        File.WriteAllBytes(repository.PathOf(".git/index"), index);
        Assert.True(TrackedNames.MayHold(repository.PathOf("obj/saved.json")));
    }
}
