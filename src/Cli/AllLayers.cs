using System.Collections.Immutable;
using System.CommandLine;
using Merlon.Core.Programs;
using Merlon.Core.Report;

namespace Merlon.Cli;

/// <summary>Every layer of a program in one folder, as a pipeline publishes them.</summary>
internal static class AllLayers
{
    public static Command Create(string name, string description)
    {
        LayerOptions options = new();
        ComparisonOptions comparison = new(judges: false);
        Option<bool> all = new("--all") { Description = "Every kind, of every actor and domain." };
        Option<string?> output = new("--output", "-o") { Description = "With --all: the folder to write to.", HelpName = "folder" };
        Option<string?> from = new("--base") { Description = "With --all: what the delta compares with, A..B, A...B or A; the gate's base otherwise.", HelpName = "range" };
        output.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var folder }] && WhyNoFolder(folder) is { } reason)
                result.AddError(reason);
        });
        Command command = new(name, description) { all, output, from };
        options.AddTo(command, hasDomain: false);
        comparison.AddTo(command);
        command.Validators.Add(result =>
        {
            if (!result.GetValue(all))
                result.AddError("name a kind of layer, or --all with -o FOLDER");
            else if (result.GetResult(output) is null)
                result.AddError("--all writes several files; name their folder with -o");
        });
        command.SetAction(parsed =>
        {
            var request = options.Read(parsed);
            var result = LayerRun.Run(request with { Check = request.Check with { Base = comparison.Read(parsed) }, Comparison = LayerComparison.Optional, Range = parsed.GetValue(from) });
            return result.Snapshot is { } snapshot ? Write(result, snapshot, LayerSettings.Of(result, snapshot, options.IsPrivate(parsed)), parsed.GetValue(output)!) : OutputOptions.Refuse(result.Diagnostics); // the validator has looked
        });
        return command;
    }

    private static int Write(LayerResult result, Snapshot snapshot, LayerSettings settings, string folder)
    {
        var files = LayerFiles.Of(result, snapshot, settings);
        if (files.Select(file => Path.Combine(folder, file.Name)).FirstOrDefault(Directory.Exists) is { } taken)
        {
            Console.Error.WriteLine($"merlon: '{taken}' is a folder; a layer has this name");
            return ExitCode.Usage;
        }
        Directory.CreateDirectory(folder);
        WriteTogether(folder, files);
        foreach (var file in files)
            Console.Out.WriteLine($"{Path.Combine(folder, file.Name)}: {Printable.Text(file.Layer.Names.In(file.Layer.Name))}, {file.Layer.Painted} cells");
        foreach (var notice in result.Notices)
            ComparisonOptions.Note(notice);
        // What is published from here would go on to have it.
        foreach (var old in Directory.GetFiles(folder).Select(file => Path.GetFileName(file)!).Where(name => LayerFiles.IsOurs(name, settings)).Except(files.Select(file => file.Name)).Order(StringComparer.Ordinal)) // a file has a name
            ComparisonOptions.Note($"'{Path.Combine(folder, old)}' is of an earlier run; this one has no such layer");
        OutputOptions.NoteErrors(snapshot);
        return ExitCode.Clean;
    }

    // All are complete before the first takes its name: a link of such a name is replaced and not followed.
    private static void WriteTogether(string folder, ImmutableArray<LayerFile> files)
    {
        var temporary = Directory.CreateDirectory(Path.Combine(folder, Path.GetRandomFileName())).FullName;
        try
        {
            foreach (var file in files)
                File.WriteAllText(Path.Combine(temporary, file.Name), file.Layer.Write());
            foreach (var file in files)
                File.Move(Path.Combine(temporary, file.Name), Path.Combine(folder, file.Name), overwrite: true);
        }
        finally
        {
            Directory.Delete(temporary, recursive: true);
        }
    }

    private static string? WhyNoFolder(string folder)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        return File.Exists(full) ? $"'{folder}' is a file; name a folder"
            : !Directory.Exists(full) && !Directory.Exists(Path.GetDirectoryName(full)) ? $"the folder of '{folder}' does not exist; create it" : null;
    }
}
