using System.CommandLine;
using Merlon.Core.Programs;
using Merlon.Core.Report.Html;

namespace Merlon.Cli;

internal static class ReportCommand
{
    private const string Page = "index.html";

    public static Command Create()
    {
        ProgramOptions program = new();
        ComparisonOptions comparison = new(judges: false, takesBase: true);
        Option<string> output = new("--output", "-o") { Description = $"Write {Page} into this folder, which is created.", HelpName = "folder", Required = true };
        output.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var folder }] && WhyNoFolder(folder) is { } reason)
                result.AddError(reason);
        });
        Option<string?> title = new("--title") { Description = "The heading of the page; the program's name otherwise.", HelpName = "text" };
        Option<bool> isPrivate = new("--private") { Description = "Show actors by name whose TLP is amber or red." };
        Command command = new("report", "Write coverage as a page: the ATT&CK matrix, gaps, what changed since the base, and why of each technique.") { output, title, isPrivate };
        program.AddTo(command);
        comparison.AddTo(command);
        command.SetAction(parsed =>
        {
            var result = ReportRun.Run(program.Read(parsed) with { Base = comparison.Read(parsed) });
            ComparisonOptions.Note(result.Notice);
            if (result.Snapshot is not { } snapshot)
                return OutputOptions.Refuse(result.Diagnostics);
            var folder = parsed.GetValue(output)!; // required
            var path = Path.Combine(folder, Page);
            Directory.CreateDirectory(folder);
            OutputOptions.WriteFile(path, HtmlReport.Write(result, parsed.GetValue(title), parsed.GetValue(isPrivate)));
            Console.Error.WriteLine($"merlon: wrote {path}, {new FileInfo(path).Length / 1024 + 1} KiB");
            OutputOptions.NoteErrors(snapshot);
            return ExitCode.Clean;
        });
        return command;
    }

    private static string? WhyNoFolder(string folder)
    {
        // A file can lie above the folder, too.
        for (var full = Path.GetFullPath(folder); full is not null; full = Path.GetDirectoryName(full))
            if (File.Exists(full))
                return $"'{folder}' is a file or lies in one; name a folder";
        return Directory.Exists(Path.Combine(folder, Page)) ? $"'{Path.Combine(folder, Page)}' is a folder; the page has this name" : null;
    }
}
