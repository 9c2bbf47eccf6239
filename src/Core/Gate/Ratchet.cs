using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Merlon.Core.Attack;
using Merlon.Core.Coverage;
using Merlon.Core.Diagnostics;
using Merlon.Core.Json;

namespace Merlon.Core.Gate;

/// <summary>
/// The file of claims that must not be lost, for builds without history. A claim is a line of its own and the last line holds none, so that
/// two branches that add claims merge, with git's <c>union</c> driver always.
/// </summary>
/// <param name="Path">From the root.</param>
/// <param name="DefinitionHash">Of the definition that the claims were proved under.</param>
internal sealed record Ratchet(string Path, string DefinitionHash, ImmutableArray<RatchetClaim> Claims)
{
    /// <summary>The largest file that is read, in bytes.</summary>
    public const int MaxBytes = 16 << 20;

    /// <summary>Everything that is proved at head.</summary>
    public static Ratchet Of(string path, string definitionHash, ImmutableArray<ProgramCoverage> head) => new(path, definitionHash,
    [
        .. head.SelectMany(coverage => coverage.Actors).SelectMany(actor => actor.Techniques.Concat(actor.Pre).Where(technique => technique.Level > Level.None)
            .Select(technique => new RatchetClaim(technique.Id, actor.Name, [.. Levels.Proofs.Where(technique.Proofs.Has).Select(proof => proof.Name)], SourceSpan.StartOf(path)))),
    ]);

    /// <summary>With the claims of another one, which keep the proofs that they have here and there.</summary>
    public Ratchet With(Ratchet other) => this with
    {
        Claims =
        [
            .. Claims.Concat(other.Claims).GroupBy(claim => (claim.Technique, claim.Actor))
                .Select(group => group.First() with { Proofs = [.. Levels.Names.Where(name => group.Any(claim => claim.Proofs.Contains(name)))] }),
        ],
    };

    /// <summary>Claims and proofs that head's file has no more, and those that it has got.</summary>
    /// <param name="atBase">Null for none.</param>
    /// <param name="atHead">Null for none.</param>
    public static IEnumerable<PolicyChange> Changes(Ratchet? atBase, Ratchet? atHead)
    {
        var (from, to) = (ByKey(atBase), ByKey(atHead));
        foreach (var key in from.Keys.Union(to.Keys))
        {
            var (before, after) = (from.GetValueOrDefault(key), to.GetValueOrDefault(key));
            var (old, current) = (before?.Proofs ?? [], after?.Proofs ?? []);
            if (old.Except(current, StringComparer.Ordinal).Any())
                yield return Change(PolicyEffect.Weaker);
            else if (current.Except(old, StringComparer.Ordinal).Any())
                yield return Change(PolicyEffect.Stricter);

            PolicyChange Change(PolicyEffect effect) => new((after ?? before)!.Span, $"gate.baseline: {key.Technique} {key.Actor}", TextOf(old), TextOf(current), effect); // the key is of one of them
        }
    }

    private static Dictionary<(TechniqueId Technique, string Actor), RatchetClaim> ByKey(Ratchet? ratchet) => (ratchet?.Claims ?? []).ToDictionary(claim => (claim.Technique, claim.Actor));

    private static string? TextOf(ImmutableArray<string> proofs) => proofs.IsEmpty ? null : string.Join(", ", proofs);

    /// <summary>The same claims, the same bytes.</summary>
    public string Write()
    {
        StringBuilder text = new();
        text.Append($"{{\"schemaVersion\":1,\"definition\":\"{DefinitionHash}\",\"claims\":[\n");
        foreach (var claim in Claims.OrderBy(claim => claim.Technique).ThenBy(claim => claim.Actor, StringComparer.Ordinal))
            text.Append($"{{\"technique\":\"{claim.Technique}\",\"actor\":{Quoted(claim.Actor)},\"proofs\":[{string.Join(',', claim.Proofs.Select(proof => $"\"{proof}\""))}]}},\n");
        return text.Append("null]}\n").ToString();
    }

    /// <returns>Null, with a finding at the line, for a file that this program did not write.</returns>
    public static Ratchet? TryRead(string path, ReadOnlySpan<byte> bytes, out Diagnostic? error)
    {
        error = null;
        string? hash = null;
        Dictionary<(TechniqueId, string), RatchetClaim> claims = [];
        var number = 0;
        foreach (var raw in Encoding.UTF8.GetString(bytes).Split('\n'))
        {
            number++;
            var line = raw.AsSpan().Trim();
            if (line.IsEmpty || line is "null]}")
                continue;
            if (line.StartsWith("{\"schemaVersion\"") && ReadHead(line) is { } head && (hash is null || hash == head))
                hash = head;
            else if (ReadClaim(line, new(path, number, 1, number, line.Length + 1)) is { } claim)
                claims[(claim.Technique, claim.Actor)] = claims.TryGetValue((claim.Technique, claim.Actor), out var known) ? known with { Proofs = [.. known.Proofs.Union(claim.Proofs)] } : claim;
            else
            {
                error = GateDiagnostics.UnreadableRatchet.At(new(path, number, 1, number, line.Length + 1), "line is no claim of a coverage baseline; write the file again with 'merlon gate --write-baseline'");
                return null;
            }
        }
        if (hash is not null)
            return new(path, hash, [.. claims.Values]);
        error = GateDiagnostics.UnreadableRatchet.At(SourceSpan.StartOf(path), "file is no coverage baseline; write it with 'merlon gate --write-baseline'");
        return null;
    }

    // {"schemaVersion":1,"definition":"…","claims":[
    private static string? ReadHead(ReadOnlySpan<char> line) =>
        Parse($"{line.TrimEnd('[').ToString()}null}}") is { } head && head.TryGetProperty("schemaVersion", out var version) && version.ValueKind == JsonValueKind.Number && version.TryGetInt32(out var one) && one == 1
            && head.TryGetProperty("definition", out var definition) && definition.ValueKind == JsonValueKind.String ? definition.GetString() : null;

    private static RatchetClaim? ReadClaim(ReadOnlySpan<char> line, SourceSpan span)
    {
        if (Parse(line.TrimEnd(',').ToString()) is not { } claim
            || !claim.TryGetProperty("technique", out var technique) || technique.ValueKind != JsonValueKind.String || !TechniqueId.TryParse(technique.GetString(), out var id)
            || !claim.TryGetProperty("actor", out var actor) || actor.ValueKind != JsonValueKind.String
            || !claim.TryGetProperty("proofs", out var proofs) || proofs.ValueKind != JsonValueKind.Array || proofs.EnumerateArray().Any(proof => proof.ValueKind != JsonValueKind.String))
            return null;
        return new(id, actor.GetString()!, [.. proofs.EnumerateArray().Select(proof => proof.GetString()!)], span); // strings, as looked at above
    }

    private static JsonElement? Parse(string text)
    {
        try
        {
            using var json = JsonText.Parse(Encoding.UTF8.GetBytes(text), depth: 8);
            return json.RootElement.ValueKind == JsonValueKind.Object ? json.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Quoted(string text) => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)}\"";
}

/// <summary>A technique of an actor and the names of the proofs that hold for it, the least first.</summary>
internal sealed record RatchetClaim(TechniqueId Technique, string Actor, ImmutableArray<string> Proofs, SourceSpan Span);
