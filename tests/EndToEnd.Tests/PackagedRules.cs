using Xunit;

namespace Merlon.EndToEnd.Tests;

/// <summary>A new repository in a folder with spaces and other letters, whose projects use Merlon.Tasks from a folder of packages and nothing else.</summary>
internal sealed class PackagedRules : IDisposable
{
    public const string Rules = "rules/rules.proj";
    public const string Library = "src/Bibliothèque/Library.csproj";

    private readonly Packages _packages;

    public PackagedRules(Packages packages)
    {
        _packages = packages;
        Repository = new("merlon règles 検知 ");
        Directory.Delete(Repository.PathOf(".git"));
        Write("nuget.config", Packages.Configuration(Packages.Feed));
        // The files of the repository above would be those of the checkout's own build, were it below one.
        Write("Directory.Build.props", $"<Project><PropertyGroup><MerlonDate>{RulesRepository.Day}</MerlonDate></PropertyGroup></Project>");
        Write("Directory.Build.targets", """
            <Project>
              <Target Name="SayProcess" BeforeTargets="MerlonCheck" Condition="'$(MSBUILDENABLEALLPROPERTYFUNCTIONS)' == '1'">
                <Message Importance="high" Text="node $([System.Environment]::ProcessId)" />
              </Target>
            </Project>
            """);
        Write(Rules, $"""<Project Sdk="Merlon.Tasks/{Packages.Version}" />""");
        Write(".gitignore", "bin/\nobj/\nout/");
        Repository.Commit();
    }

    public RulesRepository Repository { get; }

    public void Write(string path, string text) => Repository.Write(path, text);

    /// <summary>A library that compiles, and checks the rules of the repository before.</summary>
    public void WriteLibrary(string path, string references)
    {
        Write(path, $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
              </PropertyGroup>
              <ItemGroup>
                {references}
              </ItemGroup>
            </Project>
            """);
        Write(Path.Combine(Path.GetDirectoryName(path)!, "Class.cs"), "namespace Consumer; public static class Class { public static int Number => 1; }"); // a file has a folder
    }

    public static string Reference { get; } = $"""<PackageReference Include="Merlon.Tasks" Version="{Packages.Version}" PrivateAssets="all" />""";

    /// <summary>Writes a tag that no release has.</summary>
    public void Break() => Repository.Replace(RulesRepository.Rule, "attack.t1059.001", "attack.t1059.001\n    - attack.t9999");

    public void Mend() => Repository.Replace(RulesRepository.Rule, "\n    - attack.t9999", "");

    public Ended Build(string project, params string[] options) => Dotnet(["build", project, .. options]);

    public Ended Dotnet(string[] arguments, params (string Name, string Value)[] environment) => Repository.Run("dotnet", arguments, [.. _packages.Surroundings, .. environment]);

    public string Passes(string project, params string[] options)
    {
        var ended = Build(project, options);
        Assert.True(ended.ExitCode == 0, ended.ToString());
        Assert.Contains("Velvet Badger: deployable 1/2 (50.0%)", ended.Output, StringComparison.Ordinal);
        Assert.Contains("0 Warning(s)", ended.Output, StringComparison.Ordinal);
        return ended.Output;
    }

    public string Fails(string project, params string[] options)
    {
        var ended = Build(project, options);
        Assert.True(ended.ExitCode == 1, ended.ToString());
        Assert.Contains($"{Repository.PathOf(RulesRepository.Rule)}(12,7): error MRL3001: ", ended.Output, StringComparison.Ordinal);
        return ended.Output;
    }

    public void Dispose() => Repository.Dispose();
}
