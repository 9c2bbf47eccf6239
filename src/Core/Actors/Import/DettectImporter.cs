using Merlon.Core.Yaml;

namespace Merlon.Core.Actors.Import;

/// <summary>
/// Group administrations of DeTT&amp;CT: YAML with <c>file_type: group-administration</c> and <c>groups</c>, each with the techniques and the software
/// that it uses, perhaps in one campaign. Of several entries for a group each is an actor. One that is not enabled has to be asked for.
/// </summary>
internal sealed class DettectImporter : IActorImporter
{
    private const string FileType = "group-administration";

    public string Name => "dettect";

    public bool Recognises(ImportFile file) => file.Json is null && file.Utf8.Span.IndexOf("file_type"u8) >= 0 && file.Utf8.Span.IndexOf("group-administration"u8) >= 0;

    public IReadOnlyCollection<ImportedActor> Read(ImportFile file, ImportContext context)
    {
        if (context.ReadYaml(file) is not [{ Root: YamlMapping root }] || Text(root, "file_type") != FileType || root.Find("groups") is not YamlSequence groups)
            throw new ImportException($"a group administration of DeTT&CT is a YAML map with 'file_type: {FileType}' and a list 'groups'");
        return [.. groups.Items.Select(item => ReadGroup(item, context)).OfType<ImportedActor>()];
    }

    private static ImportedActor? ReadGroup(YamlNode item, ImportContext context)
    {
        if (item is not YamlMapping group || Text(group, "group_name") is not { } name)
        {
            context.Diagnostics.Add(ImportDiagnostics.LeftOut.At(item.Span, "this item of groups is left out: it has no 'group_name'"));
            return null;
        }
        var campaign = Text(group, "campaign");
        ImportedActor actor = new()
        {
            Name = campaign is null ? name : $"{name} ({campaign})",
            Span = group.Span,
            Source = "DeTT&CT group administration",
            Aliases = campaign is null ? [] : [name],
            Techniques = [.. Scalars(group.Find("technique_id")).Select(id => new ImportedTechnique(id.Value, id.Span, ""))],
        };
        var asked = context.Options.Actor;
        if (asked is not null && !actor.IsCalled(asked))
            return actor;
        if (asked is null && group.Find("enabled") is YamlScalar { AsBoolean: false })
        {
            context.Diagnostics.Add(ImportDiagnostics.LeftOut.At(group.Span, $"'{StrangersText.Short(actor.Name)}' is left out: it is not enabled; --actor takes it all the same"));
            return null;
        }
        foreach (var software in Scalars(group.Find("software_id")))
            context.Diagnostics.Add(ImportDiagnostics.LeftOut.At(software.Span, $"software '{StrangersText.Short(software.Value)}' is left out: name it in the profile's 'from' if all that it can do counts as the actor's"));
        return actor;
    }

    private static IEnumerable<YamlScalar> Scalars(YamlNode? node) => node switch
    {
        YamlSequence list => list.Items.OfType<YamlScalar>().Where(scalar => !scalar.IsNull),
        YamlScalar { IsNull: false, Value.Length: > 0 } scalar => [scalar],
        _ => [],
    };

    private static string? Text(YamlMapping mapping, string key) => mapping.Find(key) is YamlScalar { IsNull: false, Value.Length: > 0 } scalar ? scalar.Value : null;
}
