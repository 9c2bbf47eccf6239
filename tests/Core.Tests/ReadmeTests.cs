using Merlon.Core.Programs;
using Merlon.Core.Report;
using Xunit;

namespace Merlon.Core.Tests;

public sealed class ReadmeTests
{
    // Numbers do not depend on the day until an exclusion expires; profiles say when.
    private static readonly DateOnly Day = new(2026, 11, 24);

    [Fact]
    public void Readme_shows_what_a_check_of_this_repository_prints()
    {
        var result = Check.Run(new() { Directory = Repository.PathOf("rules"), Date = Day });
        var readme = File.ReadAllText(Repository.PathOf("README.md")).ReplaceLineEndings("\n");
        Assert.Contains($"```text\n{CheckText.Write(result, isColoured: false)}```\n", readme, StringComparison.Ordinal);
    }
}
