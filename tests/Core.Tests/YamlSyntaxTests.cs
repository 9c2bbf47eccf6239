using System.Text;
using Merlon.Core.Diagnostics;
using Merlon.Core.Yaml;
using Xunit;

namespace Merlon.Core.Tests;

public sealed class YamlSyntaxTests
{
    // YamlDotNet throws something else than its own exception at these.
    [Theory]
    [InlineData("title: [Broken\ntags: {\n", 1, 8)]
    [InlineData("a: [\n.", 1, 4)]
    [InlineData(" :  e", 1, 6)]
    [InlineData("!!][c o", 1, 1)]
    public void What_the_parser_trips_over_is_a_finding(string text, int line, int column)
    {
        var file = YamlFile.Parse("rules/x.yml", Encoding.UTF8.GetBytes(text));
        var finding = Assert.Single(file.Diagnostics);
        Assert.Equal(("MRL1001", Severity.Error, line, column), (finding.Info.Id, finding.Severity, finding.Span.Line, finding.Span.Column));
        Assert.Empty(file.Documents);
    }
}
