using System.Globalization;
using Merlon.Core.Git;
using Merlon.Core.Programs;
using Merlon.Core.Report;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>A repository with a branch checked out that left main at its only commit, and the gate's verdict on it.</summary>
public abstract class GateScene : IDisposable
{
    private protected GateScene() => Work.Branch("change");

    private protected History Work { get; } = new();

    public void Dispose()
    {
        Work.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Makes what lies in the working tree the state of main, from which the branch starts.</summary>
    private protected void Start()
    {
        Work.Commit("before");
        Work.Git("branch", "--force", "main");
    }

    /// <summary>Commits what lies in the working tree, asks the gate, and compares what it says.</summary>
    private protected void Commits(string verdict, bool acceptsPolicy = false)
    {
        Work.Commit("change");
        AssertSays(verdict, Gate(acceptsPolicy: acceptsPolicy));
    }

    private protected string Gate(string? given = null, string day = "2026-11-24", bool acceptsPolicy = false, string? folder = null, PipelineBase? pipeline = null)
    {
        var result = Check.Run(new()
        {
            Directory = folder ?? Work.Root,
            Date = DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture),
            Base = new() { Given = given, AcceptsPolicy = acceptsPolicy, Pipeline = pipeline ?? PipelineBase.Nothing },
        }).OfGate();
        Assert.True(result.IsUsable, LintRuleTests.Lines(result.Diagnostics));
        return CheckJson.WriteGate(result);
    }

    private protected string Diff(string range, string? folder = null)
    {
        var result = DiffRun.Run(new() { Directory = folder ?? Work.Root, Date = TemporaryRepository.Day, NeedsRules = false, Base = new() }, range);
        Assert.True(result is { Verdict: not null, Head: not null }, LintRuleTests.Lines(result.Diagnostics));
        return GateJson.Write(result.Head.Config, result.Head.Date, result.Verdict);
    }

    /// <summary>Shows all of what was said when it is something else, which xunit would cut.</summary>
    private protected static void AssertSays(string expected, string json)
    {
        var said = Said.In(json);
        Assert.True(said == expected.ReplaceLineEndings("\n"), $"expected:\n{expected}\n\nsaid:\n{said}");
    }
}
