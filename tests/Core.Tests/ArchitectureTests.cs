using Merlon.Core.Diagnostics;
using Mono.Cecil;
using Xunit;

namespace Merlon.Core.Tests;

public class ArchitectureTests
{
    private const string Root = "Merlon.Core.";

    // What each domain may use besides itself and Diagnostics: a new edge is a line here that somebody reviews.
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Diagnostics"] = [],
        ["Yaml"] = [],
        ["Csv"] = [],
        ["Json"] = [],
        ["Attack"] = ["Json"],
        ["Git"] = ["Json"],
        ["Sigma"] = ["Yaml"],
        ["Matching"] = ["Sigma", "Yaml"],
        ["Sources"] = ["Sigma", "Attack", "Git", "Yaml", "Csv", "Json"],
        ["Actors"] = ["Yaml", "Attack", "Csv", "Json"],
        ["Evidence"] = ["Sources", "Sigma", "Matching", "Attack", "Yaml", "Csv"],
        ["Lint"] = ["Yaml", "Sources", "Sigma", "Attack", "Actors", "Evidence", "Git"],
        ["Coverage"] = ["Actors", "Sources", "Evidence", "Attack", "Sigma"],
        ["Emulation"] = ["Coverage", "Actors", "Sources", "Evidence", "Sigma", "Attack", "Yaml", "Csv", "Json"],
        ["Plan"] = ["Coverage", "Actors", "Sources", "Evidence", "Sigma", "Attack", "Yaml"],
        ["Gate"] = ["Coverage", "Lint", "Actors", "Attack", "Sources", "Evidence", "Sigma", "Git", "Json"],
        ["Configuration"] = ["*", "!Programs", "!Report"],
        ["Programs"] = ["*", "!Report"],
        ["Report"] = ["*"],
    };

    [Fact]
    public void Domains_use_only_what_the_table_allows()
    {
        using var module = ModuleDefinition.ReadModule(typeof(Diagnostic).Assembly.Location);
        var edges = module.GetTypes().Where(type => Domain(type) is not null)
            .SelectMany(type => Used(type).Select(used => (From: Domain(type)!, To: Domain(used), Example: $"{type.FullName} uses {used.FullName}"))) // filtered above
            .Where(edge => edge.To is not null && edge.To != edge.From && edge.To != "Diagnostics")
            .DistinctBy(edge => (edge.From, edge.To)).ToArray();
        Assert.Contains(edges, edge => (edge.From, edge.To) == ("Sources", "Sigma"));
        Assert.Equal("", string.Join('\n', edges.Where(edge => !IsAllowed(edge.From, edge.To!)).Select(edge => $"{edge.From} -> {edge.To}: {edge.Example}"))); // filtered above
    }

    [Fact]
    public void Every_domain_is_in_the_table()
    {
        using var module = ModuleDefinition.ReadModule(typeof(Diagnostic).Assembly.Location);
        Assert.All(module.GetTypes().Select(Domain).OfType<string>().Distinct(), domain => Assert.Contains(domain, Allowed.Keys));
    }

    private static bool IsAllowed(string from, string to) => Allowed.TryGetValue(from, out var allowed)
        && (allowed.Contains(to) || (allowed.Contains("*") && !allowed.Contains($"!{to}")));

    // Nested and generated types belong to the namespace of the type around them.
    private static string? Domain(TypeReference type)
    {
        while (type.DeclaringType is not null)
            type = type.DeclaringType;
        return type.Namespace.StartsWith(Root, StringComparison.Ordinal) && type.Scope.Name.StartsWith("Merlon.Core", StringComparison.Ordinal)
            ? type.Namespace[Root.Length..].Split('.')[0] : null;
    }

    private static IEnumerable<TypeReference> Used(TypeDefinition type) =>
    [
        .. Parts(type.BaseType),
        .. type.Interfaces.SelectMany(one => Parts(one.InterfaceType)),
        .. type.Fields.SelectMany(field => Parts(field.FieldType)),
        .. type.CustomAttributes.SelectMany(attribute => Parts(attribute.AttributeType)),
        .. type.GenericParameters.SelectMany(parameter => parameter.Constraints).SelectMany(constraint => Parts(constraint.ConstraintType)),
        .. type.Methods.SelectMany(Used),
    ];

    private static IEnumerable<TypeReference> Used(MethodDefinition method) =>
    [
        .. Parts(method.ReturnType),
        .. method.Parameters.SelectMany(parameter => Parts(parameter.ParameterType)),
        .. method.GenericParameters.SelectMany(parameter => parameter.Constraints).SelectMany(constraint => Parts(constraint.ConstraintType)),
        .. method.HasBody ? method.Body.Variables.SelectMany(variable => Parts(variable.VariableType)) : [],
        .. method.HasBody ? method.Body.ExceptionHandlers.SelectMany(handler => Parts(handler.CatchType)) : [],
        .. method.HasBody ? method.Body.Instructions.SelectMany(instruction => Operand(instruction.Operand)) : [],
    ];

    private static IEnumerable<TypeReference> Operand(object? operand) => operand switch
    {
        TypeReference type => Parts(type),
        GenericInstanceMethod method => [.. method.GenericArguments.SelectMany(Parts), .. Operand(method.ElementMethod)],
        MethodReference method => [.. Parts(method.DeclaringType), .. Parts(method.ReturnType), .. method.Parameters.SelectMany(parameter => Parts(parameter.ParameterType))],
        FieldReference field => [.. Parts(field.DeclaringType), .. Parts(field.FieldType)],
        _ => [],
    };

    private static IEnumerable<TypeReference> Parts(TypeReference? type) => type switch
    {
        null or GenericParameter => [],
        GenericInstanceType generic => [.. Parts(generic.ElementType), .. generic.GenericArguments.SelectMany(Parts)],
        TypeSpecification special => Parts(special.ElementType),
        _ => [type],
    };
}
