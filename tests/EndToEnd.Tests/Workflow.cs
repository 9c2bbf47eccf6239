using Xunit;
using YamlDotNet.RepresentationModel;

namespace Merlon.EndToEnd.Tests;

/// <summary>A workflow of this repository, or its action, as GitHub reads it.</summary>
internal sealed class Workflow
{
    /// <summary>The action at the root, which is no workflow and has one list of steps.</summary>
    public const string Action = "action.yml";

    private Workflow(string name)
    {
        Name = name;
        Text = File.ReadAllText(PathOf(name)).ReplaceLineEndings("\n");
        YamlStream yaml = new();
        yaml.Load(new StringReader(Text));
        Root = (YamlMappingNode)yaml.Documents[0].RootNode;
    }

    public static IEnumerable<string> Names => [.. Directory.GetFiles(Path.Combine(Checkout.Root, ".github", "workflows")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal), Action];

    public static IEnumerable<Workflow> All => Names.Select(Read);

    public string Name { get; }

    public string Text { get; }

    public YamlMappingNode Root { get; }

    /// <summary>Jobs by name; the action is one.</summary>
    public IEnumerable<(string Name, YamlMappingNode Job)> Jobs => Name == Action
        ? [("action", (YamlMappingNode)Root["runs"])] : ((YamlMappingNode)Root["jobs"]).Select(job => (job.Key.ToString(), (YamlMappingNode)job.Value));

    public IEnumerable<YamlMappingNode> Steps => Jobs.SelectMany(job => StepsOf(job.Job));

    /// <summary>The text of each step that is a script.</summary>
    public IEnumerable<string> Scripts => Steps.Select(step => Value(step, "run")).OfType<string>();

    public static Workflow Read(string name) => new(name);

    public static IEnumerable<YamlMappingNode> StepsOf(YamlMappingNode job) => ((YamlSequenceNode)job["steps"]).Children.Cast<YamlMappingNode>();

    /// <summary>The text at a path of keys; null where one is missing.</summary>
    public static string? Value(YamlMappingNode node, params ReadOnlySpan<string> keys)
    {
        YamlNode found = node;
        foreach (var key in keys)
            if (found is not YamlMappingNode map || !map.Children.TryGetValue(new YamlScalarNode(key), out found!))
                return null;
        return found is YamlScalarNode { Value: { } text } ? text : null;
    }

    /// <summary>Steps that use an action, whatever its version.</summary>
    public static bool Uses(YamlMappingNode step, string action) => Value(step, "uses")?.StartsWith($"{action}@", StringComparison.Ordinal) == true;

    /// <summary>A map of texts, such as permissions, in one line; empty where it is missing.</summary>
    public static string Line(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(new YamlScalarNode(key), out var map) ? string.Join(", ", ((YamlMappingNode)map).Select(pair => $"{pair.Key}: {pair.Value}").Order(StringComparer.Ordinal)) : "";

    private static string PathOf(string name)
    {
        var path = name == Action ? Path.Combine(Checkout.Root, name) : Path.Combine(Checkout.Root, ".github", "workflows", name);
        Assert.True(File.Exists(path), path);
        return path;
    }
}
