using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Merlon.Cli.Downloads;
using Merlon.Core.Configuration;
using Merlon.Core.Programs;
using Merlon.Core.Report;

namespace Merlon.Cli;

/// <summary>The one command that uses the network.</summary>
internal static class AttackUpdateCommand
{
    public static Command Create()
    {
        Argument<string[]> names = new("bundle") { Description = "Paths or file names of bundles in attack.bundles; all that have a url otherwise.", Arity = ArgumentArity.ZeroOrMore };
        Option<string?> config = new("--config") { Description = "The merlon.yml to use; the nearest one upward otherwise.", HelpName = "file" };
        Option<bool> pin = new("--pin") { Description = "Take what the server has now, whatever its hash, and write that into merlon.yml." };
        Option<long> maxBytes = new("--max-bytes") { Description = "Refuse what is longer, in bytes.", DefaultValueFactory = _ => new DownloadLimits().MaxBytes, HelpName = "number" };
        maxBytes.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) && number < 1)
                result.AddError($"'{text}' is not a number from 1");
        });
        Option<string[]> hosts = new("--allow-host") { Description = "Follow redirects to this host, too; with commas between several.", HelpName = "names" };
        Command command = new("update", "Download the bundles of merlon.yml that have a url: over HTTPS, pinned by their SHA-256.") { names, config, pin, maxBytes, hosts };
        command.SetAction(async (parsed, cancellation) =>
        {
            var given = parsed.GetValue(config) is { } file ? Path.GetFullPath(file) : null;
            if (BundlePins.Read(Directory.GetCurrentDirectory(), given, out var errors) is not { } pins)
                return OutputOptions.Refuse(errors);
            if (Choose(pins, parsed.GetValue(names) ?? []) is not { } chosen)
                return ExitCode.Usage;
            DownloadLimits limits = new() { MaxBytes = parsed.GetValue(maxBytes) };
            try
            {
                return await RunAsync(pins, chosen, limits, ProgramOptions.Split(parsed.GetValue(hosts)).ToHashSet(StringComparer.OrdinalIgnoreCase), parsed.GetValue(pin), cancellation).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                Console.Error.WriteLine("merlon: interrupted; the bundle that was on its way is as it was");
                return ExitCode.Failure;
            }
        });
        return command;
    }

    private static BundleEntry[]? Choose(BundlePins pins, string[] names)
    {
        var unknown = names.FirstOrDefault(name => !pins.Entries.Any(entry => IsNamed(entry, name)));
        if (unknown is null)
            return [.. pins.Entries.Where(entry => names.Length == 0 || names.Any(name => IsNamed(entry, name)))];
        Console.Error.WriteLine($"merlon: no bundle '{Printable.Text(unknown)}' with a url is in attack.bundles{(pins.Entries.IsEmpty ? "" : $"; there are {string.Join(", ", pins.Entries.Select(entry => Printable.Text(entry.Path)))}")}");
        return null;
    }

    private static bool IsNamed(BundleEntry entry, string name) => entry.Path == name || entry.Path.Split('/')[^1] == name;

    private static async Task<int> RunAsync(BundlePins pins, BundleEntry[] chosen, DownloadLimits limits, HashSet<string> hosts, bool isPinned, CancellationToken cancellation)
    {
        if (chosen.Length == 0)
            Console.Error.WriteLine("merlon: no bundle in attack.bundles has a url; there is nothing to download");
        var watch = Stopwatch.StartNew();
        DownloadProgress? progress = Console.IsErrorRedirected ? null : new(Console.Error, () => watch.Elapsed);
        var name = "";
        using var handler = Downloader.CreateHandler(limits);
        using Downloader downloader = new(handler, limits, hosts, Task.Delay)
        {
            Progress = (bytes, of) => progress?.Show(name, bytes, of),
            Retrying = why => Note($"merlon: {Printable.Text($"{name}: {why}")}\n"),
        };
        BundleDownload download = new(downloader, isPinned);
        List<(BundleEntry Entry, string Sha256)> taken = [];
        var failed = false;
        foreach (var entry in chosen)
        {
            name = entry.Path;
            if (pins.Locate(entry, out var error) is not { } file)
            {
                failed = true;
                TextReport.Write([error!], Console.Error, isColoured: false); // Locate gives a path or an error
                continue;
            }
            BundleDownload.Result result;
            try
            {
                result = await download.RunAsync(entry, file, cancellation).ConfigureAwait(false);
            }
            finally
            {
                progress?.Clear();
            }
            TextReport.Write(result.Diagnostics, Console.Error, isColoured: false);
            failed |= result.Sha256 is null;
            if (result.Sha256 is not { } sha256)
                continue;
            taken.Add((entry, sha256));
            Console.Out.Write(Printable.Text(result.Length is { } length ? $"{entry.Path}: {length} bytes, SHA-256 {sha256}" : $"{entry.Path}: up to date") + "\n");
        }
        var unwritten = pins.Write(isPinned ? taken : []);
        TextReport.Write(unwritten, Console.Error, isColoured: false);
        return failed || !unwritten.IsEmpty ? ExitCode.Findings : ExitCode.Clean;

        void Note(string line)
        {
            progress?.Clear();
            Console.Error.Write(line);
        }
    }
}
