using System.Diagnostics;
using System.Globalization;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using Xunit;

namespace Merlon.EndToEnd.Tests;

/// <summary>A developer's MSBuild leaves its nodes running; a tool that was rebuilt meanwhile must be the one that runs.</summary>
public sealed class NodeReuseTests : IDisposable
{
    private readonly RulesRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [Fact]
    public void A_rebuilt_tool_runs_although_the_node_is_the_same()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows locks the files of a tool that a node has loaded");
        var tool = _repository.PathOf("tool");
        Directory.CreateDirectory(tool);
        foreach (var file in new DirectoryInfo(Checkout.TasksFolder).EnumerateFiles())
            file.CopyTo(Path.Combine(tool, file.Name));
        List<int> nodes = [];
        try
        {
            Assert.DoesNotContain(RulesRepository.NothingChanged, Build(), StringComparison.Ordinal);
            Assert.Contains(RulesRepository.NothingChanged, Build(), StringComparison.Ordinal);
            ChangeModuleId(Path.Combine(tool, "Merlon.Core.dll"));
            Assert.DoesNotContain(RulesRepository.NothingChanged, Build(), StringComparison.Ordinal);
            // Otherwise the builds proved nothing.
            Assert.Single(nodes.Distinct());
        }
        finally
        {
            foreach (var node in nodes.Distinct())
                End(node);
        }

        string Build()
        {
            // The salt keeps other builds on this machine from these nodes, which end by themselves after ten idle seconds.
            var ended = Program.Run(
                _repository.Root, "dotnet", ["build", "rules/rules.proj", "--verbosity", "detailed", "-p:MerlonTaskFactory=TaskHostFactory", $"-p:TestedTasksFolder={tool}"],
                ("MSBUILDDISABLENODEREUSE", "0"), ("MSBUILDNOINPROCNODE", "1"), ("MSBUILDENABLEALLPROPERTYFUNCTIONS", "1"),
                ("MSBUILDNODEHANDSHAKESALT", _repository.Root), ("MSBUILDNODECONNECTIONTIMEOUT", "10000"));
            Assert.True(ended.ExitCode == 0, ended.ToString());
            nodes.Add(int.Parse(Regex.Match(ended.Output, @"node (\d+)").Groups[1].Value, CultureInfo.InvariantCulture));
            return ended.Output;
        }
    }

    // What a compiler does to an assembly whose source changed, as far as the tool sees it.
    private static void ChangeModuleId(string assembly)
    {
        var bytes = File.ReadAllBytes(assembly);
        using PEReader reader = new(new MemoryStream(bytes));
        var metadata = reader.GetMetadataReader();
        var id = metadata.GetGuid(metadata.GetModuleDefinition().Mvid).ToByteArray();
        bytes[bytes.AsSpan().IndexOf(id)] ^= 1;
        // A new file, as a compiler writes: the old one stays mapped where it is loaded.
        File.Delete(assembly);
        File.WriteAllBytes(assembly, bytes);
    }

    internal static void End(int node)
    {
        try
        {
            using var process = Process.GetProcessById(node);
            process.Kill();
        }
        catch (ArgumentException)
        {
            // It has ended.
        }
    }
}
