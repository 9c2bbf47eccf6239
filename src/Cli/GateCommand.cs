using System.CommandLine;
using Merlon.Core.Diagnostics;
using Merlon.Core.Programs;
using Merlon.Core.Report;

namespace Merlon.Cli;

internal static class GateCommand
{
    public static Command Create()
    {
        ProgramOptions program = new();
        ComparisonOptions comparison = new();
        OutputOptions output = new(["text", "json", "markdown", .. FindingFormats.Names.Except(["text", "json"])]);
        PublishOptions publish = new();
        Option<bool> writeBaseline = new("--write-baseline") { Description = "Write what is proved into gate.baseline. Claims that were lost stay in it." };
        Option<bool> acceptLoss = new("--accept-loss") { Description = "With --write-baseline: take the claims that were lost out." };
        Command command = new("gate", "Compare with the base: floors, what was lost and why, and what a weakened policy hides.") { writeBaseline, acceptLoss };
        program.AddTo(command);
        comparison.AddTo(command);
        publish.AddTo(command);
        output.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(acceptLoss) && !result.GetValue(writeBaseline))
                result.AddError("--accept-loss says what --write-baseline takes out; give both");
        });
        command.SetAction(parsed =>
        {
            var request = program.Read(parsed) with { Base = comparison.Read(parsed) };
            if (parsed.GetValue(writeBaseline) && WriteBaseline(request, parsed.GetValue(acceptLoss)) is { } refused)
                return OutputOptions.Refuse(refused);
            var result = Check.Run(request).OfGate();
            ComparisonOptions.Note(result.Notice);
            if (!result.IsUsable && output.Format(parsed) != "json")
                return OutputOptions.Refuse(result.Diagnostics);
            publish.WriteStepSummary(parsed, result);
            output.Write(parsed, output.Format(parsed) switch
            {
                "json" => CheckJson.WriteGate(result),
                "text" => GateText.Write(result.Verdict!, output.IsColoured(parsed)), // usable
                "markdown" => publish.Markdown(parsed, result),
                var format => FindingFormats.Write(format, publish.IsPrivate(parsed), result)!, // the option takes only what it knows
            });
            return !result.IsUsable ? ExitCode.Usage : result.HasErrors ? ExitCode.Findings : ExitCode.Clean;
        });
        return command;
    }

    private static System.Collections.Immutable.ImmutableArray<Diagnostic>? WriteBaseline(CheckRequest request, bool acceptsLoss)
    {
        var (file, errors) = RatchetRun.Write(request, acceptsLoss);
        if (file is null)
            return errors;
        OutputOptions.WriteFile(file.File, file.Text);
        return null;
    }
}
