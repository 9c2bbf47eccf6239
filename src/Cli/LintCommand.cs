using System.CommandLine;
using Merlon.Core.Programs;
using Merlon.Core.Report;

namespace Merlon.Cli;

internal static class LintCommand
{
    public static Command Create()
    {
        ProgramOptions program = new(measures: false);
        OutputOptions output = new([.. FindingFormats.Names]);
        Option<bool> fix = new("--fix") { Description = "Write the fixes that leave what a rule detects and claims as it is into the files, and report what remains." };
        Option<bool> unsafeFixes = new("--unsafe-fixes") { Description = "With --fix, --diff and --check: the other fixes too. Look at what they changed." };
        Option<bool> diff = new("--diff") { Description = "Print what --fix would write, as a patch for 'git apply', and write nothing." };
        Option<bool> check = new("--check") { Description = "Fail when --fix would write anything, and name the files." };
        Option<string?> writeBaseline = new("--write-baseline") { Description = "Accept all that is found: write the baseline, to this file or to lint.baseline.", HelpName = "file", Arity = ArgumentArity.ZeroOrOne };
        Command command = new("lint", "Check rules alone, without actors and coverage, and mend what can be mended.") { fix, unsafeFixes, diff, check, writeBaseline };
        program.AddTo(command);
        output.AddTo(command);
        command.Validators.Add(result =>
        {
            var isPreview = result.GetValue(diff) || result.GetValue(check);
            if (result.GetValue(unsafeFixes) && !result.GetValue(fix) && !isPreview)
                result.AddError("--unsafe-fixes says which fixes --fix applies; give both, or --diff or --check");
            if (isPreview && result.GetValue(fix))
                result.AddError("--fix writes files, --diff and --check write none; choose");
            if (isPreview && (output.HasFormat(result) || result.GetResult(writeBaseline) is { Implicit: false }))
                result.AddError("--diff and --check report no findings; leave --format and --write-baseline out");
        });
        command.SetAction(parsed =>
        {
            var request = program.Read(parsed);
            if (parsed.GetResult(writeBaseline) is { Implicit: false })
                request = request with { WriteBaseline = true, Baseline = parsed.GetValue(writeBaseline) is { } file ? Path.GetFullPath(file) : request.Baseline };
            if (parsed.GetValue(diff) || parsed.GetValue(check))
                return ReportPreview(parsed, output, LintRun.Preview(request, parsed.GetValue(unsafeFixes)), parsed.GetValue(diff), parsed.GetValue(check));
            return parsed.GetValue(fix) ? ReportFixes(parsed, output, LintRun.Fix(request, parsed.GetValue(unsafeFixes))) : Report(parsed, output, LintRun.Run(request));
        });
        return command;
    }

    // Not on standard output, where another program may expect a format.
    private static int ReportFixes(ParseResult parsed, OutputOptions output, LintResult result)
    {
        if (result.IsUsable)
            Console.Error.Write(LintText.Fixed(result));
        return Report(parsed, output, result);
    }

    // The patch alone on standard output, so that git can take it from there.
    private static int ReportPreview(ParseResult parsed, OutputOptions output, LintResult result, bool isDiff, bool isCheck)
    {
        if (!result.IsUsable)
            return OutputOptions.Refuse(result.Diagnostics);
        var said = LintText.Fixed(result, isWritten: false);
        if (isDiff)
            Console.Error.Write(said);
        output.Write(parsed, isDiff ? Patch.Write(result.Fixed, output.IsColoured(parsed)) : said);
        return isCheck && !result.Fixed.IsEmpty ? ExitCode.Findings : ExitCode.Clean;
    }

    private static int Report(ParseResult parsed, OutputOptions output, LintResult result)
    {
        var format = output.Format(parsed);
        if (!result.IsUsable && format != "json")
            return OutputOptions.Refuse(result.Diagnostics);
        if (result.Baseline is { } baseline)
            OutputOptions.WriteFile(baseline.File, baseline.Text);
        output.Write(parsed, format switch
        {
            "json" => LintJson.Write(result),
            "text" => LintText.Write(result, output.IsColoured(parsed)),
            _ => FindingFormats.Write(format, Findings.Of(result))!, // the option takes only what it knows
        });
        return !result.IsUsable ? ExitCode.Usage : result.HasErrors ? ExitCode.Findings : ExitCode.Clean;
    }
}
