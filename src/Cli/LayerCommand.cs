using System.CommandLine;
using Merlon.Core.Attack;
using Merlon.Core.Coverage;
using Merlon.Core.Programs;
using Merlon.Core.Report;

namespace Merlon.Cli;

internal static class LayerCommand
{
    public static Command Create() => new("layer", "Write a layer for the ATT&CK Navigator.")
    {
        Create("coverage", "What the rules reach.", takesActor: false, (snapshot, coverage, _, _) => Layers.Coverage(coverage, snapshot.Config.Name)),
        Create("actor", "What an actor uses.", takesActor: true, (_, coverage, actor, isPrivate) => Layers.Actor(coverage, actor, isPrivate)),
        Create("gap", "What an actor uses and is not covered.", takesActor: true, (_, coverage, actor, isPrivate) => Layers.Gap(coverage, actor, isPrivate)),
    };

    private static Command Create(string name, string description, bool takesActor, Func<Snapshot, ProgramCoverage, ActorCoverage, bool, Layer> make)
    {
        ProgramOptions program = new();
        OutputOptions output = new("json");
        Argument<string> actor = new("actor") { Description = "A profile, or a group, software or campaign by name, alias or id." };
        Option<bool> isPrivate = new("--private") { Description = "Show actors by name whose TLP is amber or red." };
        Option<string> domain = new("--domain") { Description = "The ATT&CK domain, where several are configured.", HelpName = "name" };
        Command command = new(name, description);
        if (takesActor)
            command.Add(actor);
        command.Add(isPrivate);
        command.Add(domain);
        program.AddTo(command);
        output.AddTo(command);
        command.SetAction(parsed =>
        {
            var request = program.Read(parsed);
            if (takesActor)
                request = request with { NeedsRules = name != "actor", Overrides = request.Overrides with { Actors = [parsed.GetValue(actor)!] } }; // required
            return output.Show(parsed, request, snapshot =>
            {
                if (snapshot.Coverage.FirstOrDefault(one => parsed.GetValue(domain) is not { } wanted || one.Release.Domain.Name == wanted) is not { } coverage)
                {
                    Console.Error.WriteLine($"merlon: '{parsed.GetValue(domain)}' is not one of attack.domains");
                    return null;
                }
                if (parsed.GetValue(domain) is null && snapshot.Coverage.Length > 1)
                    Console.Error.WriteLine($"merlon: a layer has one domain, and this one has {coverage.Release.Domain.Name}; --domain chooses among {string.Join(", ", snapshot.Coverage.Select(one => one.Release.Domain.Name))}");
                return (make(snapshot, coverage, coverage.Actors.FirstOrDefault()!, parsed.GetValue(isPrivate)) with { DataUrl = snapshot.Config.NavigatorData }).Write(); // an actor that was asked for is there
            });
        });
        return command;
    }
}
