using System.CommandLine;
using Merlon.Cli.Completion;
using Merlon.Core.Attack;
using Merlon.Core.Attack.Stix;
using Merlon.Core.Programs;
using Merlon.Core.Report;

namespace Merlon.Cli;

internal static class AttackCommand
{
    public static Command Create() => new("attack", "Look at ATT&CK releases, import others, and download bundles.") { List(), Show(), AttackDiffCommand.Create(), Import(), AttackUpdateCommand.Create() };

    private static Command List()
    {
        OutputOptions output = new("text", "json");
        Command command = new("list", "List the embedded ATT&CK releases.");
        output.AddTo(command);
        command.SetAction(parsed => output.Write(parsed, output.Format(parsed) == "json" ? AttackJson.List(AttackReleases.Embedded) : AttackText.List(AttackReleases.Embedded)));
        return command;
    }

    private static Command Show()
    {
        OutputOptions output = new("text", "json");
        Argument<string> id = new("id") { Description = "T1059.001, TA0112, G0046, S0154, C0022, DET0455, AN1252, DC0032, or the name of a tactic or data component, or the name or an alias of a group, software or campaign." };
        id.CompletionSources.Add(_ => CompletionValues.AttackIds());
        Option<string?> release = new("--release") { Description = "The release, or the path of a table; otherwise the program's, with its bundles.", HelpName = "version" };
        Option<string?> domain = DomainOption("enterprise-attack, ics-attack or mobile-attack; the first that has it otherwise.");
        Command command = new("show", "Show what a release says of a technique, tactic, group, software, campaign, detection strategy or data component.") { id, release, domain };
        output.AddTo(command);
        command.SetAction(parsed =>
        {
            var releases = ShownReleases.Find(parsed.GetValue(release), Domain(parsed.GetValue(domain)), Directory.GetCurrentDirectory(), out var errors);
            if (releases.IsEmpty)
                return OutputOptions.Refuse(errors);
            var entries = AttackEntry.Find(releases, parsed.GetValue(id)!); // required
            if (entries.IsEmpty)
            {
                Console.Error.WriteLine($"merlon: '{parsed.GetValue(id)}' is nothing that ATT&CK {parsed.GetValue(release) ?? releases[0].Name} knows");
                return ExitCode.Usage;
            }
            output.Write(parsed, output.Format(parsed) == "json" ? AttackJson.Show(entries) : string.Concat(entries.Select(AttackText.Show)));
            return ExitCode.Clean;
        });
        return command;
    }

    /// <summary>The option that names one domain.</summary>
    public static Option<string?> DomainOption(string description)
    {
        Option<string?> domain = new("--domain") { Description = description, HelpName = "name" };
        domain.AcceptOnlyFromAmong([.. Enum.GetValues<AttackDomain>().Select(one => one.Name)]);
        return domain;
    }

    /// <summary>Its value; null for none.</summary>
    public static AttackDomain? Domain(string? name) => name is not null && AttackDomains.TryParse(name, out var domain) ? domain : null;

    private static Command Import()
    {
        Argument<string[]> files = new("bundle") { Description = "STIX 2.0 or 2.1 bundles, as they are or compressed with gzip; saved TAXII envelopes; folders of such .json files.", Arity = ArgumentArity.OneOrMore };
        Option<string?> version = new("--release") { Description = "The version, for bundles that do not say it (STIX 2.0).", HelpName = "version" };
        Option<string?> domain = DomainOption("enterprise-attack, ics-attack or mobile-attack, where the bundles are of several.");
        Option<string> output = new("--output", "-o") { Description = "The table to write, x.tsv; its other two parts lie beside it.", Required = true, HelpName = "file" };
        output.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var file }] && OutputOptions.WhyNoFile(file) is { } reason)
                result.AddError(reason);
        });
        Command command = new("import", "Turn STIX bundles into a table for attack.release.") { files, version, domain, output };
        command.SetAction(parsed => Import(
            parsed.GetValue(files)!, parsed.GetValue(version), Domain(parsed.GetValue(domain)), parsed.GetValue(output)!)); // both required
        return command;
    }

    private static int Import(string[] files, string? version, AttackDomain? domain, string output)
    {
        List<StixBundle> bundles = [];
        foreach (var file in files)
        {
            if (!Path.Exists(file))
            {
                Console.Error.WriteLine($"merlon: '{file}' does not exist");
                return ExitCode.Usage;
            }
            var (bundle, diagnostics) = StixFolder.ReadAny(Path.GetFullPath(file), file);
            TextReport.Write(diagnostics, Console.Error, isColoured: false);
            if (bundle is null)
                return ExitCode.Usage;
            bundles.Add(bundle);
        }
        var (release, findings) = StixImport.ToRelease(bundles, domain, version);
        TextReport.Write(findings, Console.Error, isColoured: false);
        if (release is null)
            return ExitCode.Usage;
        Write(release, output);
        Console.Out.Write(AttackText.List([release]));
        return ExitCode.Clean;
    }

    private static void Write(AttackRelease release, string output)
    {
        var (first, second, third) = AttackTable.PathsOf(output);
        StringWriter techniques = new(), groups = new(), detection = new();
        AttackTable.Write(release, techniques, groups, detection);
        OutputOptions.WriteFile(second, groups.ToString());
        OutputOptions.WriteFile(third, detection.ToString());
        OutputOptions.WriteFile(first, techniques.ToString());
    }
}
