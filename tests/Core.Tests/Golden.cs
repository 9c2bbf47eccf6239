using System.Text.RegularExpressions;
using Merlon.Core.Report;
using Xunit;

namespace Merlon.Core.Tests;

/// <summary>Compares an output that a reviewer should read with its file. UPDATE_GOLDEN=1 rewrites the file instead; CI never sets it.</summary>
internal static class Golden
{
    private static readonly bool Update = Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1";

    // Only where an output names the tool: 2.1.0 is a version of SARIF as well.
    private static readonly Regex ToolVersion = new($"""(?<=(?:[Mm]erlon |"name": "merlon",\s*"version": "|"semanticVersion": "))(?<version>{Regex.Escape(JsonReport.Version)})(?![\w.+-]*\w)""", RegexOptions.CultureInvariant);

    /// <summary>The files name version 0.0.0, whichever the tool has.</summary>
    public static void Match(string actual, string repositoryPath)
    {
        var path = Repository.PathOf(repositoryPath);
        var shown = ToolVersion.Replace(actual, "0.0.0");
        if (Update)
            File.WriteAllText(path, shown);
        Assert.True(File.Exists(path), $"{repositoryPath} is missing; UPDATE_GOLDEN=1 writes it");
        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), shown);
    }
}
