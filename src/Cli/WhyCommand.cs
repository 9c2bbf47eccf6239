using System.CommandLine;
using Merlon.Cli.Completion;
using Merlon.Core.Attack;
using Merlon.Core.Coverage;
using Merlon.Core.Programs;
using Merlon.Core.Report;

namespace Merlon.Cli;

internal static class WhyCommand
{
    public static Command Create()
    {
        ProgramOptions program = new();
        OutputOptions output = new("text", "json");
        Argument<string> technique = new("technique") { Description = "A technique id, T1003.001." };
        technique.CompletionSources.Add(_ => CompletionValues.Techniques());
        technique.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && !TechniqueId.TryParse(text, out _))
                result.AddError($"'{text}' is not a technique id such as T1059 or T1059.001");
        });
        Command command = new("why", "Say why a technique is covered or not: who uses it, every rule near it and what each lacks.") { technique };
        program.AddTo(command);
        output.AddTo(command);
        command.SetAction(parsed => output.Show(parsed, program.Read(parsed), snapshot =>
        {
            _ = TechniqueId.TryParse(parsed.GetValue(technique), out var id);
            if (Find(snapshot, id) is { } why)
                return output.Format(parsed) == "json" ? WhyJson.Write(snapshot, why) : WhyText.Write(why);
            Console.Error.WriteLine($"merlon: {id} is not a technique of ATT&CK {snapshot.Config.Releases[0].Name}");
            return null;
        }));
        return command;
    }

    private static Why? Find(Snapshot snapshot, TechniqueId id) =>
        snapshot.Coverage.Select(coverage => Why.Of(coverage, id, snapshot.Config.Assets)).FirstOrDefault(why => why is not null);
}
