using System.Collections.Immutable;
using System.Globalization;
using Merlon.Core.Diagnostics;
using Merlon.Core.Yaml;

namespace Merlon.Core.Emulation.Library;

/// <summary>The arguments, dependencies and commands of a test of Atomic Red Team.</summary>
internal sealed class AtomicParts
{
    private const string DependencyExecutor = "dependency_executor_name", InputArguments = "input_arguments";

    private static readonly ImmutableArray<string> ArgumentTypes = ["string", "path", "url", "integer", "float"];

    private readonly YamlMapping _test;
    private readonly AtomicFile _file;
    private readonly ImmutableArray<YamlMapping> _dependencies;
    private readonly ImmutableArray<YamlEntry> _arguments;
    // Of the executor, then of the dependencies.
    private readonly ImmutableArray<string> _own;
    private readonly ImmutableArray<string> _others;

    public AtomicParts(YamlMapping test, YamlMapping executor, AtomicFile file)
    {
        (_test, _file) = (test, file);
        _dependencies = [.. test.Maps("dependencies")];
        _arguments = test.Map(InputArguments)?.Entries ?? [];
        _own = [.. new[] { "command", "cleanup_command", "steps" }.Select(key => executor.Text(key)?.Value).OfType<string>()];
        _others = [.. _dependencies.SelectMany(one => new[] { one.Text("prereq_command"), one.Text("get_prereq_command") }).OfType<YamlScalar>().Select(one => one.Value)];
    }

    public ImmutableArray<string> Inputs => [.. _arguments.Select(argument => argument.Key.Value)];

    public bool UsesSudo => _own.Any(command => command.Contains("sudo", StringComparison.Ordinal));

    public bool NeedsDownload => _dependencies.Any(one => one.Text("get_prereq_command") is not null) || _own.Any(TestCommands.HasAddress)
        || _arguments.Any(argument => argument.Value is YamlMapping map && map.Text("default") is { } value && TestCommands.HasAddress(value.Value));

    public void CheckDependencies()
    {
        if (_test.FindEntry(DependencyExecutor) is not { } entry)
            return;
        if (entry.Value is YamlScalar { IsNull: true } or YamlScalar { Value: "" })
            _file.Note(entry.Key.Span, $"'{DependencyExecutor}' is empty");
        else if (_test.Find("dependencies") is null)
            _file.Note(entry.Key.Span, $"'{DependencyExecutor}' stands here without 'dependencies'");
    }

    /// <summary>Checks the arguments that are there.</summary>
    /// <returns>One that is used and is not there, so that the test cannot run.</returns>
    public string? MissingArgument()
    {
        if (_test.FindEntry(InputArguments) is { Value: YamlScalar { IsNull: true } } empty)
            _file.Note(empty.Key.Span, $"'{InputArguments}' is empty");
        var used = TestCommands.Arguments([.. _own, .. _others]).ToArray();
        foreach (var (key, value) in _arguments)
        {
            CheckArgument(key, value);
            if (!used.Contains(key.Value))
                _file.Note(key.Span, $"argument '{key.Value}' is not used in any command");
        }
        return used.FirstOrDefault(name => !Inputs.Contains(name));
    }

    private void CheckArgument(YamlScalar key, YamlNode value)
    {
        if (value is not YamlMapping map || map.Text("type") is not { } type || !ArgumentTypes.Contains(type.Value.ToLowerInvariant()))
            _file.Note(key.Span, $"argument '{key.Value}' has no 'type' that is {Spelling.OneOf(ArgumentTypes)}");
        else if (map.Text("default") is { } text && !Fits(text.Value, type.Value.ToLowerInvariant()))
            _file.Note(text.Span, $"argument '{key.Value}' is of type {type.Value}, which its default is not");
    }

    private static bool Fits(string text, string type) => type switch
    {
        "integer" => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        "float" => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _),
        "url" => Uri.CheckHostName(text) != UriHostNameType.Unknown || (Uri.TryCreate(text, UriKind.Absolute, out _) && text.Contains(':', StringComparison.Ordinal)),
        _ => true,
    };
}
