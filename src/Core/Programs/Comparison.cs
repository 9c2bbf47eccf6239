using System.Collections.Frozen;
using System.Collections.Immutable;
using Merlon.Core.Actors;
using Merlon.Core.Configuration;
using Merlon.Core.Diagnostics;
using Merlon.Core.Gate;
using Merlon.Core.Git;
using Merlon.Core.Sources;

namespace Merlon.Core.Programs;

/// <summary>Base and head of one program, both read and judged.</summary>
/// <param name="Base">Null where there is none.</param>
/// <param name="Notes">What is to be said of the comparison itself.</param>
internal sealed record Comparison(Verdict Verdict, Snapshot? Base, ImmutableArray<Diagnostic> Notes)
{
    /// <summary>Profiles and configuration files that are the same on both sides.</summary>
    private FrozenSet<string> Untouched { get; init; } = [];

    /// <summary>Judges head by itself.</summary>
    public static Verdict Alone(Snapshot head, ComparedTree tree) => Verdicts.Of(new(new("", null, BaseKind.None), null, tree, ToSide(head, head.Profiles) with { Coverage = head.Coverage }, [], false, head.Date));

    /// <param name="request">What both sides are read for.</param>
    /// <param name="parsed">With which head was read.</param>
    public static Comparison Of(CheckRequest request, Snapshot head, ComparedTree headTree, ISourceTree baseTree, ComparedTree baseName, ParsedFiles parsed)
    {
        List<Diagnostic> notes = [];
        var from = LoadBase(request, head, baseTree, parsed, notes);
        (from, head) = LeaveOut(from, head, notes);
        var (fromProfiles, headProfiles) = (from.Profiles, head.Profiles);
        // Without a profile on either side every technique is looked at, and no floor is on it.
        if (fromProfiles.IsEmpty && headProfiles.IsEmpty)
            fromProfiles = headProfiles = [ActorChoice.EveryTechnique(head.Config.Releases)];
        var policy = PolicyChanges.InOrder(
        [
            .. PolicyChanges.Of([.. from.Config.Policy, .. ProfilePolicy.Of(from.Profiles)], [.. head.Config.Policy, .. ProfilePolicy.Of(head.Profiles)]),
            .. SuppressionChanges.OfComments(from.Rules, head.Rules, DiagnosticCatalog.All),
            .. SuppressionChanges.OfBaselines(AcceptedFindings.TryRead(from.Files), AcceptedFindings.TryRead(head.Files)),
            .. Ratchet.Changes(from.Ratchet, head.Ratchet),
        ]);
        var verdict = Verdicts.Of(new(baseName, ToSide(from, fromProfiles), headTree, ToSide(head, headProfiles), policy, request.Base is { AcceptsPolicy: true }, head.Date));
        return new(verdict, from, [.. notes])
        {
            Untouched = head.Files.Profiles.Concat(head.Config.Files).Where(path => parsed.IsSame(path, head.Files.Tree, baseTree)).ToFrozenSet(StringComparer.Ordinal),
        };
    }

    /// <summary>Findings of head, with those about time softened that this change did not touch: an exclusion that ended is an error where its file changed, and a warning elsewhere.</summary>
    public IEnumerable<Diagnostic> Ease(IEnumerable<Diagnostic> found) => Base is null ? found
        : found.Select(diagnostic => diagnostic.Info == ActorDiagnostics.ExpiredExclusion && Untouched.Contains(diagnostic.Span.Path) ? diagnostic with { Severity = Severity.Warning } : diagnostic);

    // What both sides share is one object, so that it is measured once.
    private static Snapshot LoadBase(CheckRequest request, Snapshot head, ISourceTree tree, ParsedFiles parsed, List<Diagnostic> notes)
    {
        var files = ProgramFiles.FindBase(tree, request, head.Files.ConfigPath, Shared(request, head, tree, parsed));
        RequireContent(files.Diagnostics);
        if (files.Config is null)
        {
            var cause = files.Diagnostics.FirstOrDefault(diagnostic => diagnostic.Severity == Severity.Error);
            notes.Add(GateDiagnostics.NoBase.At(SourceSpan.StartOf(head.Files.ConfigPath ?? ""), $"the base's configuration cannot be used{(cause is null ? "" : $" ({cause.Info.Id}: {cause.Message})")}, so its rules are measured by head's and its policy is not known"));
            files = ProgramFiles.FindBase(tree, request, head.Files.ConfigPath, head.Config);
        }
        var snapshot = Snapshot.Load(request with { Progress = null }, files, out _, parsed, mayLack: true)!; // a configuration is there, and nothing may be missed
        RequireContent(snapshot.Diagnostics);
        if (snapshot.Rules.Read.SequenceEqual(head.Rules.Read))
            snapshot = snapshot with { Rules = head.Rules };
        if (files.Config == head.Config && snapshot.Files.Profiles.SequenceEqual(head.Files.Profiles) && head.Files.Profiles.All(path => parsed.IsSame(path, tree, head.Files.Tree)))
            snapshot = snapshot with { Profiles = head.Profiles };
        return snapshot;
    }

    // What a partial clone left out may be what is lost: half a base is none.
    private static void RequireContent(ImmutableArray<Diagnostic> found)
    {
        if (found.FirstOrDefault(diagnostic => diagnostic.Info == RevisionDiagnostics.MissingContent) is { } missing)
            throw new GitFailure(missing);
    }

    // A submodule that one side cannot read is read on neither. Head's own are among its findings.
    private static (Snapshot From, Snapshot Head) LeaveOut(Snapshot from, Snapshot head, List<Diagnostic> notes)
    {
        var unread = from.Files.Tree.UnreadSubmodules.Union(head.Files.Tree.UnreadSubmodules).ToArray();
        if (unread.Length == 0)
            return (from, head);
        notes.AddRange(from.Files.Tree.UnreadSubmodules.Except(head.Files.Tree.UnreadSubmodules).Select(RevisionDiagnostics.Unread));
        Snapshot Without(Snapshot side) => side with { Rules = RuleSet.Of([.. side.Rules.Read.Where(file => !unread.Any(path => file.Path.StartsWith($"{path}/", StringComparison.Ordinal)))]) };
        return (Without(from), Without(head));
    }

    private static MerlonConfig? Shared(CheckRequest request, Snapshot head, ISourceTree tree, ParsedFiles parsed) =>
        ProgramFiles.LocateBase(tree, request, head.Files.ConfigPath) == head.Files.ConfigPath && parsed.IsSame(head.Config, tree, head.Files.Tree) ? head.Config : null;

    private static Side ToSide(Snapshot snapshot, ImmutableArray<ActorProfile> profiles) => new()
    {
        Rules = snapshot.Rules,
        Evidence = snapshot.Evidence,
        Inventory = snapshot.Config.Inventory,
        Releases = snapshot.Config.Releases,
        Profiles = profiles,
        Definition = snapshot.Config.Definition,
        // Nobody set a floor on every technique there is.
        Policy = snapshot.Profiles == profiles ? snapshot.Config.Gate : snapshot.Config.Gate with { Targets = Targets.None },
        DefinitionHash = snapshot.DefinitionHash,
        Ratchet = snapshot.Ratchet,
        HasFile = snapshot.Files.Tree.Exists,
    };
}
