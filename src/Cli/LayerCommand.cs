using System.CommandLine;
using Merlon.Cli.Completion;
using Merlon.Core.Attack;
using Merlon.Core.Coverage;
using Merlon.Core.Diagnostics;
using Merlon.Core.Programs;
using Merlon.Core.Report;

namespace Merlon.Cli;

internal static class LayerCommand
{
    public static Command Create()
    {
        var command = AllLayers.Create("layer", "Write layers for the ATT&CK Navigator: one kind, or --all for every one of a program.");
        foreach (var kind in new[]
        {
            Create("actor", "What an actor uses.", takesActor: true, (coverage, settings) => ActorLayers.Of(coverage, coverage.Actors[0], settings)),
            Create("overlay", "What several actors use, by how many of them do.", takesActor: false, (coverage, settings) => coverage.Actors.IsEmpty ? null : ActorLayers.Overlay(coverage, settings)),
            Create("coverage", "What the rules reach: none, one rule, or more.", takesActor: false, MatrixLayers.Coverage),
            Create("evidence", "What is proved: claimed, deployable, tested, validated.", takesActor: false, MatrixLayers.Evidence),
            Create("gap", "What an actor uses that is not covered.", takesActor: true, (coverage, settings) => ActorLayers.Gap(coverage, coverage.Actors[0], settings)),
            CreateDelta(),
        })
            command.Add(kind);
        return command;
    }

    private static Command Create(string name, string description, bool takesActor, Func<ProgramCoverage, LayerSettings, Layer?> make)
    {
        LayerOptions options = new();
        OutputOptions output = new("json");
        Argument<string> actor = new("actor") { Description = "A profile, or a group, software or campaign by name, alias or id." };
        actor.CompletionSources.Add(_ => CompletionValues.Actors());
        Command command = new(name, description);
        if (takesActor)
            command.Add(actor);
        options.AddTo(command);
        output.AddTo(command);
        command.SetAction(parsed =>
        {
            var request = options.Read(parsed);
            if (takesActor)
                request = request with { Check = request.Check with { NeedsRules = name != "actor", Overrides = request.Check.Overrides with { Actors = [parsed.GetValue(actor)!] } } }; // required
            else if (name == "overlay")
                request = request with { Check = request.Check with { NeedsRules = false } };
            return Show(parsed, options, output, request, (_, coverage, settings) => make(coverage, settings));
        });
        return command;
    }

    private static Command CreateDelta()
    {
        LayerOptions options = new();
        ComparisonOptions comparison = new(judges: false);
        OutputOptions output = new("json");
        Argument<string?> range = new("range") { Description = "A..B, A...B (since B left A), A (against the working tree), or nothing for the gate's base.", Arity = ArgumentArity.ZeroOrOne };
        Command command = new("delta", "What a change did to detection: lost, lowered, gained.") { range };
        options.AddTo(command);
        comparison.AddTo(command);
        output.AddTo(command);
        command.SetAction(parsed =>
        {
            var request = options.Read(parsed);
            request = request with { Check = request.Check with { Base = comparison.Read(parsed) }, Comparison = LayerComparison.Required, Range = parsed.GetValue(range) };
            return Show(parsed, options, output, request, (result, coverage, settings) => DeltaLayer.Of(coverage, result.Verdict!, settings)); // required
        });
        return command;
    }

    private static int Show(ParseResult parsed, LayerOptions options, OutputOptions output, LayerRequest request, Func<LayerResult, ProgramCoverage, LayerSettings, Layer?> make)
    {
        var result = LayerRun.Run(request);
        if (result.Snapshot is not { } snapshot)
            return OutputOptions.Refuse(result.Diagnostics);
        var domains = snapshot.Coverage.Select(one => one.Release.Domain.Name).ToArray();
        if (snapshot.Coverage.FirstOrDefault(one => options.Domain(parsed) is not { } wanted || one.Release.Domain.Name == wanted) is not { } coverage)
        {
            Console.Error.WriteLine($"merlon: '{options.Domain(parsed)}' is not one of attack.domains, {Spelling.OneOf(domains)}");
            return ExitCode.Usage;
        }
        if (make(result, coverage, LayerSettings.Of(result, snapshot, options.IsPrivate(parsed))) is not { } layer)
        {
            Console.Error.WriteLine("merlon: there is no profile; name actors with --actor");
            return ExitCode.Usage;
        }
        output.Write(parsed, layer.Write());
        if (options.Domain(parsed) is null && domains.Length > 1)
            ComparisonOptions.Note($"a layer has one domain, and this one has {coverage.Release.Domain.Name}; --domain chooses among {string.Join(", ", domains)}");
        foreach (var notice in result.Notices)
            ComparisonOptions.Note(notice);
        OutputOptions.NoteErrors(snapshot);
        return ExitCode.Clean;
    }
}
