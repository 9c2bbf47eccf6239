using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text;
using Merlon.Core.Diagnostics;
using Merlon.Core.Git;
using Merlon.Core.Programs;
using Merlon.Core.Report;

namespace Merlon.Cli;

/// <summary>Where a command's output goes and in which form.</summary>
internal sealed class OutputOptions
{
    private readonly Option<string> _format;
    private readonly Option<string?> _file = new("--output", "-o") { Description = "Write to this file instead of standard output.", HelpName = "file" };
    private readonly Option<bool> _noColour = new("--no-color") { Description = "No colours. NO_COLOR and redirected output do the same." };

    public OutputOptions(params string[] formats)
    {
        _format = new("--format") { Description = $"The form of the output: {Spelling.OneOf(formats)}.", DefaultValueFactory = _ => formats[0], HelpName = "format" };
        _format.AcceptOnlyFromAmong(formats);
        _file.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var file }] && WhyNoFile(file) is { } reason)
                result.AddError(reason);
        });
    }

    public void AddTo(Command command)
    {
        command.Add(_format);
        command.Add(_file);
        command.Add(_noColour);
    }

    public bool HasFormat(CommandResult result) => result.GetResult(_format) is { Implicit: false };

    public string Format(ParseResult parsed) => parsed.GetValue(_format)!; // it has a default

    /// <summary>The file to write; null for standard output.</summary>
    public string? Destination(ParseResult parsed) => parsed.GetValue(_file);

    public bool IsColoured(ParseResult parsed) => !parsed.GetValue(_noColour) && parsed.GetValue(_file) is null && !Console.IsOutputRedirected
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    public void Write(ParseResult parsed, string text)
    {
        if (parsed.GetValue(_file) is { } file)
            WriteFile(file, text);
        else
            Console.Out.Write(text);
    }

    /// <summary>Why a file of this name cannot be written; null when it seems that it can.</summary>
    public static string? WhyNoFile(string file)
    {
        var full = Path.GetFullPath(file);
        return Directory.Exists(full) ? $"'{file}' is a folder; name a file"
            : !Directory.Exists(Path.GetDirectoryName(full)) ? $"the folder of '{file}' does not exist; create it" : null;
    }

    /// <summary>Whole or not at all: a new file takes the name when it is complete, so that a link of this name is replaced and not followed.</summary>
    public static void WriteFile(string file, string text)
    {
        var full = Path.GetFullPath(file);
        // A device such as /dev/stdout is written to: a file must not take its place.
        if (!OperatingSystem.IsWindows() && full.StartsWith("/dev/", StringComparison.Ordinal))
        {
            File.WriteAllText(full, text);
            return;
        }
        NewFile.Put(full, Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Runs a command that shows something of a program. It succeeds when it could be shown, and says what was not counted.</summary>
    public int Show(ParseResult parsed, CheckRequest request, Func<Snapshot, string?> text)
    {
        if (Snapshot.Load(request, ProgramFiles.Find(request), out var errors) is not { } snapshot)
            return Refuse(errors);
        if (text(snapshot) is not { } output)
            return ExitCode.Usage;
        Write(parsed, output);
        NoteErrors(snapshot);
        return ExitCode.Clean;
    }

    /// <summary>Says on the error stream that something was not counted, for a command that does not show what.</summary>
    public static void NoteErrors(Snapshot snapshot)
    {
        var count = snapshot.Diagnostics.Count(diagnostic => diagnostic.Severity == Severity.Error);
        if (count > 0)
            Console.Error.WriteLine($"merlon: {count} {(count == 1 ? "error" : "errors")} in rules and profiles; what cannot be read is not counted, and 'merlon check' says what it is");
    }

    public static int Refuse(ImmutableArray<Diagnostic> errors)
    {
        TextReport.Write(errors, Console.Error, isColoured: false);
        return ExitCode.Usage;
    }
}
