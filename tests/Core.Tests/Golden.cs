using Xunit;

namespace Merlon.Core.Tests;

/// <summary>Compares an output that a reviewer should read with its file. UPDATE_GOLDEN=1 rewrites the file instead; CI never sets it.</summary>
internal static class Golden
{
    private static readonly bool Update = Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1";

    public static void Match(string actual, string repositoryPath)
    {
        var path = Repository.PathOf(repositoryPath);
        if (Update)
            File.WriteAllText(path, actual);
        Assert.True(File.Exists(path), $"{repositoryPath} is missing; UPDATE_GOLDEN=1 writes it");
        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), actual);
    }
}
