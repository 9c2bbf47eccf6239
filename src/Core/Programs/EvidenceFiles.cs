using System.Collections.Immutable;
using Merlon.Core.Configuration;
using Merlon.Core.Diagnostics;
using Merlon.Core.Evidence;
using Merlon.Core.Sources;

namespace Merlon.Core.Programs;

/// <summary>Runs the tests of a tree and reads its records.</summary>
internal static class EvidenceFiles
{
    public static RuleEvidence Read(ProgramFiles files, MerlonConfig config, RuleSet rules, List<Diagnostic> diagnostics) =>
        Read(RuleTests.Run(rules, files.Tree, config.Tests), RecordFiles.Read(files, config, diagnostics), diagnostics);

    private static RuleEvidence Read(RuleTestReport tests, ImmutableArray<ValidationRecord> records, List<Diagnostic> diagnostics)
    {
        diagnostics.AddRange(tests.Diagnostics);
        return new(tests.Results, records) { Search = tests.Search };
    }
}
