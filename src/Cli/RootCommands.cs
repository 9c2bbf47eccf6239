using System.CommandLine;
using System.CommandLine.Help;
using Merlon.Cli.Completion;
using Merlon.Cli.Help;

namespace Merlon.Cli;

/// <summary>Every command.</summary>
internal static class RootCommands
{
    public static RootCommand Create()
    {
        RootCommand root = new("Checks detection rules and their ATT&CK tags, and measures what they cover of the actors you track.")
        {
            InitCommand.Create(),
            CheckCommand.Create(),
            LintCommand.Create(),
            TestCommand.Create(),
            GateCommand.Create(),
            DiffCommand.Create(),
            CoverageCommand.Create(),
            GapsCommand.Create(),
            WhyCommand.Create(),
            AssessCommand.Create(),
            TrendCommand.Create(),
            PlanCommand.Create(),
            LayerCommand.Create(),
            ReportCommand.Create(),
            ActorCommand.Create(),
            AttackCommand.Create(),
            EmulateCommand.Create(),
            RulesCommand.Create(),
            DriftCommand.Create(),
            ParseCommand.Create(),
            ExplainCommand.Create(),
        };
        root.Add(CompletionCommand.Create());
        root.Add(CompleteCommand.Create(root));
        root.Add(HelpCommand.Create(root));
        // Its directives read the environment and complete command lines that are split in a way of their own.
        root.Directives.Clear();
        foreach (var option in root.Options)
            if (option is HelpOption help)
            {
                help.Description = "Show this.";
                help.Aliases.Remove("/?");
                help.Aliases.Remove("/h");
                help.Aliases.Remove("-?");
                help.Action = new HelpWriting();
            }
            else if (option is VersionOption version)
                version.Description = "Show the version.";
        return root;
    }
}
