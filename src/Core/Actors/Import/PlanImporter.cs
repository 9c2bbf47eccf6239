using System.Collections.Immutable;
using Merlon.Core.Diagnostics;
using Merlon.Core.Yaml;

namespace Merlon.Core.Actors.Import;

/// <summary>Emulation plans of the Center for Threat-Informed Defense: a list of <c>emulation_plan_details</c> and procedures. A plan has the techniques that it emulates, which are fewer than the actor's.</summary>
internal sealed class PlanImporter : IActorImporter
{
    private const string Details = "emulation_plan_details";

    public string Name => "ctid";

    public bool Recognises(ImportFile file) => file.Json is null && file.Utf8.Span.IndexOf("emulation_plan_details"u8) >= 0;

    public IReadOnlyCollection<ImportedActor> Read(ImportFile file, ImportContext context)
    {
        if (context.ReadYaml(file) is not [{ Root: YamlSequence list }])
            throw new ImportException("an emulation plan is a YAML list of 'emulation_plan_details' and procedures");
        var details = list.Items.OfType<YamlMapping>().Select(item => item.Find(Details)).OfType<YamlMapping>().FirstOrDefault()
            ?? throw new ImportException("the plan has no 'emulation_plan_details'", list.Span);
        return
        [
            new()
            {
                Name = Text(details, "adversary_name") ?? Path.GetFileNameWithoutExtension(file.Path),
                Span = details.Span,
                Source = "CTID emulation plan",
                Description = Text(details, "adversary_description"),
                Techniques = [.. list.Items.OfType<YamlMapping>().Where(item => item.Find(Details) is null).Select(item => ReadProcedure(item, context.Diagnostics)).OfType<ImportedTechnique>()],
            },
        ];
    }

    private static ImportedTechnique? ReadProcedure(YamlMapping procedure, List<Diagnostic> diagnostics)
    {
        if (procedure.Find("technique") is YamlMapping technique && technique.Find("attack_id") is YamlScalar { IsNull: false } id)
            return new(id.Value, id.Span, string.Join(' ', new[] { Text(procedure, "procedure_step") is { } step ? $"step {step}:" : null, Text(procedure, "name") }.OfType<string>()));
        diagnostics.Add(ImportDiagnostics.LeftOut.At(procedure.Span, "this procedure is left out: it has no technique.attack_id"));
        return null;
    }

    private static string? Text(YamlMapping mapping, string key) => mapping.Find(key) is YamlScalar { IsNull: false, Value.Length: > 0 } scalar ? scalar.Value : null;
}
