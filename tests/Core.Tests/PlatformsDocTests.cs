using System.Text.RegularExpressions;
using Merlon.Core.Evidence;
using Xunit;

namespace Merlon.Core.Tests;

public class PlatformsDocTests
{
    [Fact]
    public void The_page_is_the_table() => Assert.Equal(
        Platforms.Table.Select(row => $"| `{row.Product}` | {string.Join(", ", row.Platforms)} |"),
        File.ReadAllLines(Repository.PathOf("docs/platforms.md")).Where(line => Regex.IsMatch(line, @"^\| `")));

    [Fact]
    public void Each_platform_is_one_of_a_release() => Assert.Subset(
        Attack.AttackReleases.Embedded.SelectMany(release => release.Techniques).SelectMany(technique => technique.Platforms).ToHashSet(),
        Platforms.Table.SelectMany(row => row.Platforms).Concat(Platforms.Cloud).ToHashSet());
}
