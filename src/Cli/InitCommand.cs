using System.CommandLine;
using Merlon.Core.Configuration;
using Merlon.Core.Diagnostics;
using Merlon.Core.Report;
using Merlon.Core.Yaml;

namespace Merlon.Cli;

internal static class InitCommand
{
    public static Command Create()
    {
        Option<FileInfo> from = new("--from") { Description = "The validation configuration of sigma-cli.", Required = true, HelpName = "file" };
        from.AcceptExistingOnly();
        Option<string> output = new("--output", "-o") { Description = "The file to write.", DefaultValueFactory = _ => ConfigurationReader.FileName, HelpName = "file" };
        Option<bool> force = new("--force") { Description = "Overwrite the file." };
        output.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } file && OutputOptions.WhyNoFile(file) is { } reason)
                result.AddError(reason);
        });
        Command command = new("init", "Write a merlon.yml that asks for what a configuration of sigma-cli asks for.") { from, output, force };
        command.SetAction(parsed => Run(parsed.GetValue(from)!, parsed.GetValue(output)!, parsed.GetValue(force))); // required, and with a default
        return command;
    }

    private static int Run(FileInfo from, string output, bool force)
    {
        if (Path.Exists(output) && !force)
        {
            Console.Error.WriteLine($"merlon: '{output}' exists; --force overwrites it");
            return ExitCode.Usage;
        }
        using var stream = from.OpenRead();
        var bytes = new byte[YamlFile.MaxBytes + 1];
        var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        List<Diagnostic> diagnostics = [];
        var text = SigmaCliConfiguration.Convert(from.ToString().Replace('\\', '/'), bytes.AsSpan(0, read), diagnostics);
        TextReport.Write(diagnostics.InReportOrder(), Console.Error, isColoured: false);
        if (text is null)
            return ExitCode.Usage;
        OutputOptions.WriteFile(output, text);
        return ExitCode.Clean;
    }
}
