using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Merlon.Core.Yaml;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>The limits that SECURITY.md promises are those that hold.</summary>
public partial class SecurityDocTests
{
    public static TheoryData<string, string> Limits => [.. RowPattern().Matches(File.ReadAllText(Repository.PathOf("SECURITY.md"))).Select(row => (row.Groups["name"].Value, row.Groups["value"].Value))];

    [Theory, MemberData(nameof(Limits))]
    public void A_limit_has_the_value_that_is_written(string name, string value)
    {
        var dot = name.LastIndexOf('.');
        var type = typeof(YamlFile).Assembly.GetType($"Merlon.Core.{name[..dot]}");
        Assert.True(type is not null, $"there is no type {name[..dot]}");
        var field = type.GetField(name[(dot + 1)..], BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic);
        Assert.True(field is { IsLiteral: true }, $"there is no constant {name}");
        Assert.Equal(value, Convert.ToInt64(field.GetRawConstantValue(), CultureInfo.InvariantCulture).ToString("N0", CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Every_limit_on_the_bytes_of_a_file_is_written()
    {
        var written = Limits.Select(row => row.Data.Item1).ToHashSet(StringComparer.Ordinal);
        var limits = typeof(YamlFile).Assembly.GetTypes()
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(field => field.IsLiteral && field.Name.StartsWith("Max", StringComparison.Ordinal) && field.Name.EndsWith("Bytes", StringComparison.Ordinal))
            .Select(field => $"{field.DeclaringType!.FullName!["Merlon.Core.".Length..]}.{field.Name}"); // a constant has a type
        Assert.Equal([], limits.Where(name => name is not "Report.Sarif.MaxCompressedBytes").Except(written));
    }

    [GeneratedRegex(@"(?m)^\| .* \| `(?<name>[\w.]+)` \| (?<value>[\d,]+) \|")]
    private static partial Regex RowPattern();
}
