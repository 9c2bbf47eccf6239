using Merlon.Core.Diagnostics;
using Merlon.Core.Programs;
using Xunit;

namespace Merlon.Core.Tests;

public class AllProgramsTests
{
    [Fact]
    public void A_program_that_a_change_takes_away_is_an_error_until_somebody_accepts_it()
    {
        using TemporaryRepository repository = new(("merlon.yml", "name: one\n"), ("other/merlon.yml", "name: other\n"));
        Directory.Delete(repository.PathOf(".git"));
        var commit = repository.Commit();
        var request = repository.Request() with { Base = new() { Given = commit } };
        Assert.Empty(AllPrograms.Find(request).Removed);
        File.Delete(repository.PathOf("other/merlon.yml"));
        Assert.Equal("other/merlon.yml:1:1: error MRL5006: other/merlon.yml was removed, and with it the floors of its program; accept that with --accept-policy, or put the file back\n",
            LintRuleTests.Lines(AllPrograms.Find(request).Removed));
        Assert.Equal([Severity.Info], AllPrograms.Find(request with { Base = new() { Given = commit, AcceptsPolicy = true } }).Removed.Select(finding => finding.Severity));
    }

    [Fact]
    public void A_new_program_is_not_compared_with_the_one_above_it()
    {
        using TemporaryRepository repository = new(("merlon.yml", "gate: { targets: { default: 100 } }\n"), ("rules/a.yml", Measure.RuleText("t1059.001")), ("actors/a.yml", "name: A\ntechniques: [T1059.001]\n"));
        Directory.Delete(repository.PathOf(".git"));
        var commit = repository.Commit();
        repository.Write("sub/merlon.yml", "name: sub\n");
        repository.Write("sub/actors/a.yml", "name: A\ntechniques: [T1059.001, T1047]\n");
        repository.Write("sub/rules/b.yml", Measure.RuleText("t1047"));
        var verdict = Check.Run(repository.Request(folder: "sub") with { Base = new() { Given = commit } }).Verdict!;
        Assert.Empty(verdict.Lost);
        Assert.Equal(["T1047"], verdict.Gained.Select(gain => gain.Technique.Id.ToString()));
        // The root's own still is.
        File.Delete(repository.PathOf("rules/a.yml"));
        Assert.Equal(["T1059.001"], Check.Run(repository.Request() with { Base = new() { Given = commit } }).Verdict!.Lost.Select(loss => loss.Technique.Id.ToString()));
    }
}
