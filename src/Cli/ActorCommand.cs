using System.CommandLine;
using Merlon.Cli.Completion;
using Merlon.Core.Actors.Import;
using Merlon.Core.Programs;
using Merlon.Core.Report;

namespace Merlon.Cli;

internal static class ActorCommand
{
    public static Command Create() => new("actor", "Look at the actors that are measured, make profiles of others, and find out which to track.") { List(), Show(), Import(), Suggest() };

    private static Command List()
    {
        ProgramOptions program = new();
        OutputOptions output = new("text", "json");
        Command command = new("list", "List the profiles: what they come from, how much of them is covered, when they were reviewed.");
        program.AddTo(command);
        output.AddTo(command);
        command.SetAction(parsed => output.Show(parsed, program.Read(parsed) with { NeedsRules = false }, snapshot => output.Format(parsed) == "json" ? ActorJson.List(snapshot) : ActorText.List(snapshot)));
        return command;
    }

    private static Command Show()
    {
        ProgramOptions program = new();
        OutputOptions output = new("text", "json");
        Argument<string> actor = new("actor") { Description = "A profile, or a group, software or campaign by name, alias or id." };
        actor.CompletionSources.Add(_ => CompletionValues.Actors());
        Command command = new("show", "Show the techniques of an actor by tactic, where each comes from, and what is out of scope and why.") { actor };
        program.AddTo(command);
        output.AddTo(command);
        command.SetAction(parsed =>
        {
            var request = program.Read(parsed) with { NeedsRules = false };
            request = request with { Overrides = request.Overrides with { Actors = [parsed.GetValue(actor)!] } }; // required
            return output.Show(parsed, request, snapshot => output.Format(parsed) == "json" ? ActorJson.Show(snapshot) : ActorText.Show(snapshot));
        });
        return command;
    }

    private static Command Import()
    {
        ProgramOptions program = new(measures: false);
        Argument<string> source = new("source") { Description = "A Navigator layer, STIX bundle, CSV file, MISP galaxy cluster, CTID emulation plan or DeTT&CT group administration; or the name, an alias or the id of a group, software or campaign." };
        Option<string?> format = new("--format") { Description = $"What kind of file it is: {string.Join(", ", ActorImport.Importers.Select(one => one.Name))}; told by its content otherwise.", HelpName = "format" };
        format.AcceptOnlyFromAmong([.. ActorImport.Importers.Select(one => one.Name)]);
        Option<string?> column = new("--column") { Description = "Of a CSV file: the header of the column with technique ids.", HelpName = "name" };
        Option<string?> actor = new("--actor") { Description = "Which actor of a file with several, by name, alias or id.", HelpName = "name" };
        Option<string?> name = new("--name") { Description = "The name of the profile; the actor's own otherwise.", HelpName = "name" };
        Option<bool> zeroScores = new("--zero-scores") { Description = "Of a layer: take techniques of score 0, too." };
        Option<bool> force = new("--force") { Description = "Overwrite the file." };
        Option<string?> output = new("--output", "-o") { Description = "Write to this file instead of standard output.", HelpName = "file" };
        output.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var file }] && OutputOptions.WhyNoFile(file) is { } reason)
                result.AddError(reason);
        });
        Command command = new("import", "Write a profile of what a file of another tool says, or of a group, software or campaign.") { source, format, column, actor, name, zeroScores, output, force };
        program.AddReleaseTo(command);
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(output) is { } existing && Path.Exists(existing) && !parsed.GetValue(force) && !existing.StartsWith("/dev/", StringComparison.Ordinal))
            {
                Console.Error.WriteLine($"merlon: '{existing}' exists; --force overwrites it");
                return ExitCode.Usage;
            }
            var request = program.Read(parsed);
            var result = ActorFiles.Import(request, parsed.GetValue(source)!, new() // required
            {
                Format = parsed.GetValue(format),
                Column = parsed.GetValue(column),
                Actor = parsed.GetValue(actor),
                Name = parsed.GetValue(name),
                CountsZeroScores = parsed.GetValue(zeroScores),
                Date = request.Date,
            });
            TextReport.Write(result.Diagnostics, Console.Error, isColoured: false);
            foreach (var choice in result.Choices)
                Console.Error.Write($"  {Printable.Text(choice)}\n");
            if (result.Profile is null)
                return ExitCode.Usage;
            if (parsed.GetValue(output) is { } file)
                OutputOptions.WriteFile(file, result.Profile);
            else
                Console.Out.Write(result.Profile);
            return ExitCode.Clean;
        });
        return command;
    }

    private static Command Suggest()
    {
        ProgramOptions program = new(measures: false);
        OutputOptions output = new("text", "json");
        Option<string[]> sectors = new("--sector") { Description = "Whom they attack: a sector, financial; with commas between several.", HelpName = "names" };
        Option<string[]> countries = new("--country") { Description = "Where they attack: countries by code or name, US or Germany; with commas between several.", HelpName = "names" };
        Option<string[]> clusters = new("--cluster") { Description = "Clusters of the MISP galaxy: tidal-groups.json, threat-actor.json.", Required = true, HelpName = "file", AllowMultipleArgumentsPerToken = true };
        clusters.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
                if (!File.Exists(token.Value))
                    result.AddError($"'{token.Value}' is not a file");
        });
        Command command = new("suggest", "Rank the actors that attack a sector or country, by clusters of MISP.") { sectors, countries, clusters };
        command.Validators.Add(result =>
        {
            if (ProgramOptions.Split(result.GetValue(sectors)).IsEmpty && ProgramOptions.Split(result.GetValue(countries)).IsEmpty)
                result.AddError("name a --sector or a --country");
        });
        program.AddReleaseTo(command);
        output.AddTo(command);
        command.SetAction(parsed =>
        {
            var result = ActorFiles.Suggest(program.Read(parsed), [.. parsed.GetValue(clusters)!], ProgramOptions.Split(parsed.GetValue(sectors)), ProgramOptions.Split(parsed.GetValue(countries))); // required
            TextReport.Write(result.Diagnostics, Console.Error, isColoured: false);
            if (result.Suggestions is null)
                return ExitCode.Usage;
            output.Write(parsed, output.Format(parsed) == "json" ? ActorJson.Suggest(result) : ActorText.Suggest(result));
            return ExitCode.Clean;
        });
        return command;
    }
}
