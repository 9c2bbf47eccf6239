using Mono.Cecil;
using Xunit;

namespace Merlon.EndToEnd.Tests;

/// <summary>What can reach the network: one type of the command line, and nothing else.</summary>
public class NetworkTests
{
    // Addresses and the words of HTTP reach nothing.
    private static readonly string[] Harmless = ["System.Net.Primitives", "System.Net.WebHeaderCollection"];

    [Fact]
    public void Only_the_downloader_uses_the_network()
    {
        using var module = ModuleDefinition.ReadModule(Checkout.Cli);
        var users = module.GetTypes().Where(UsesNetwork).Select(Outermost).Distinct().Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(["Merlon.Cli.AttackUpdateCommand", "Merlon.Cli.Downloads.Downloader"], users);
        // The command makes the handler and hands it on.
        var command = module.GetTypes().Where(type => Outermost(type) == "Merlon.Cli.AttackUpdateCommand").SelectMany(NetworkMembers).Distinct();
        Assert.All(command, member => Assert.Contains("Merlon.Cli.Downloads.Downloader::", member, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Merlon.Core.dll", false)]
    [InlineData("Merlon.Tasks.dll", true)]
    public void Neither_the_library_nor_the_tasks_know_the_network(string file, bool ofTasks)
    {
        using var module = ModuleDefinition.ReadModule(Path.Combine(ofTasks ? Checkout.TasksFolder : Path.GetDirectoryName(Checkout.Cli)!, file)); // a file lies in a folder
        Assert.DoesNotContain(module.AssemblyReferences.Select(reference => reference.Name), IsNetwork);
    }

    private static bool IsNetwork(string assembly) => assembly.StartsWith("System.Net.", StringComparison.Ordinal) && !Harmless.Contains(assembly);

    private static bool UsesNetwork(TypeDefinition type) => NetworkMembers(type).Any() || type.Fields.Any(field => IsNetwork(field.FieldType.Scope.Name));

    // Methods that belong to the network, take something of it or give it.
    private static IEnumerable<string> NetworkMembers(TypeDefinition type) => type.Methods.Where(method => method.HasBody)
        .SelectMany(method => method.Body.Instructions).Select(instruction => instruction.Operand).OfType<MethodReference>()
        .Where(called => new[] { called.DeclaringType, called.ReturnType }.Concat(called.Parameters.Select(parameter => parameter.ParameterType)).Any(used => IsNetwork(used.Scope.Name)))
        .Where(called => called.Name != "Dispose")
        .Select(called => called.FullName);

    private static string Outermost(TypeDefinition type) => type.DeclaringType is { } outer ? Outermost(outer) : type.FullName;
}
