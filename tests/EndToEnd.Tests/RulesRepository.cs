using Xunit;

namespace Merlon.EndToEnd.Tests;

/// <summary>A repository of one rule and one actor in a temporary folder, which passes; tests break it.</summary>
internal sealed class RulesRepository : IDisposable
{
    public const string Rule = "rules/proc_creation_win_encoded_command.yml";
    public const string Actor = "actors/velvet-badger.yml";
    public const string Config = "merlon.yml";
    public const string Day = "2026-11-24";
    public const string NothingChanged = "nothing changed since the last check";

    public RulesRepository(string name = "merlon-")
    {
        // Not below a link (macOS: /var), so that paths in outputs are the ones that we expect.
        Root = Path.Combine(Path.GetTempPath(), name + Path.GetRandomFileName());
        Directory.CreateDirectory(Root);
        Directory.CreateDirectory(PathOf(".git"));
        Write(Config, """
            gate:
              level: deployable
              targets: { default: 50 }
            """);
        Write(Actor, """
            name: Velvet Badger
            techniques:
              - T1059.001
              - T1003.001
            """);
        Write(Rule, """
            title: PowerShell Started With an Encoded Command
            id: 7a1ff0a5-7d3b-4d0e-9f0a-0f3c5f0c7a11
            status: test
            description: PowerShell was given its script in Base64, as loaders do.
            references:
                - https://attack.mitre.org/techniques/T1059/001/
            author: Merlon contributors
            date: 2026-11-24
            tags:
                - attack.execution
                - attack.t1059.001
            logsource:
                category: process_creation
                product: windows
            detection:
                selection:
                    Image|endswith: '\powershell.exe'
                    CommandLine|contains: ' -EncodedCommand '
                condition: selection
            falsepositives:
                - Software that installs itself with encoded scripts
            level: medium
            """);
        Write("rules/rules.proj", Project);
    }

    /// <summary>A project that checks the rules which lie beside it or below.</summary>
    public static string Project { get; } = $"""
        <Project DefaultTargets="Build">
          <Import Project="{Path.Combine(Checkout.SdkFolder, "Sdk.props")}" />
          <PropertyGroup>
            <MerlonTasksFolder Condition="'$(TestedTasksFolder)' == ''">{Checkout.TasksFolder}/</MerlonTasksFolder>
            <MerlonTasksFolder Condition="'$(TestedTasksFolder)' != ''">$(TestedTasksFolder)/</MerlonTasksFolder>
            <MerlonDate Condition="'$(MerlonDate)' == ''">{Day}</MerlonDate>
          </PropertyGroup>
          <Import Project="{Path.Combine(Checkout.SdkFolder, "Sdk.targets")}" />
          <Target Name="SayProcess" BeforeTargets="MerlonCheck" Condition="'$(MSBUILDENABLEALLPROPERTYFUNCTIONS)' == '1'">
            <Message Importance="high" Text="node $([System.Environment]::ProcessId)" />
          </Target>
        </Project>
        """;

    public string Root { get; }

    public string Report => PathOf("rules/obj/Debug/merlon.report.json");

    public string PathOf(string path) => Path.Combine(Root, path);

    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(path))!);
        File.WriteAllText(PathOf(path), text + "\n");
    }

    public string Read(string path) => File.ReadAllText(PathOf(path));

    public void Replace(string path, string old, string with) => File.WriteAllText(PathOf(path), File.ReadAllText(PathOf(path)).Replace(old, with, StringComparison.Ordinal));

    /// <summary>Saves the same content again, later.</summary>
    public void Touch(string path) => File.SetLastWriteTimeUtc(PathOf(path), File.GetLastWriteTimeUtc(PathOf(path)).AddSeconds(2));

    /// <summary>With a log that shows all that a task says, without the numbers of nodes.</summary>
    public Ended Build(params string[] properties) =>
        Program.Run(Root, "dotnet", ["build", "rules/rules.proj", "--verbosity", "detailed", "-m:1", .. properties]);

    public Ended Cli(params string[] arguments) => Program.Run(Root, "dotnet", [Checkout.Cli, .. arguments]);

    public Ended Run(string program, string[] arguments, params (string Name, string Value)[] environment) => Program.Run(Root, program, arguments, environment);

    /// <summary>Makes it a git repository, and what lies in it a commit.</summary>
    public void Commit()
    {
        Git("init", "--quiet", "--initial-branch=main");
        Git("add", "--all");
        Git("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "--quiet", "--message=c");
    }

    public string Git(params string[] arguments)
    {
        var ended = Run("git", arguments, ("GIT_CONFIG_GLOBAL", OperatingSystem.IsWindows() ? "NUL" : "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1"));
        Assert.True(ended.ExitCode == 0, ended.ToString());
        return ended.Output.Trim();
    }

    public void Dispose()
    {
        // Git's objects are read-only, and Windows then refuses.
        foreach (var file in new DirectoryInfo(Root).EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }).Where(file => file.IsReadOnly))
            file.IsReadOnly = false;
        Directory.Delete(Root, recursive: true);
    }
}
