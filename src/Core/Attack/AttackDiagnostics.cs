using System.Collections.Immutable;
using Merlon.Core.Diagnostics;

namespace Merlon.Core.Attack;

internal static class AttackDiagnostics
{
    public static DiagnosticInfo UnreadableTable { get; } = new()
    {
        Id = "MRL8010",
        Title = "ATT&CK table cannot be read",
        Severity = Severity.Error,
        Rationale = """
            `attack.release` names a table that `merlon attack import` wrote: three files, `x.tsv`, `x.groups.tsv` and
            `x.detection.tsv`. A table that is damaged is not used at all: a shorter release would make coverage look
            better than it is. Import the bundle again.
            """,
        Source = "docs/attack.md",
    };

    public static DiagnosticInfo UnreadableBundle { get; } = new()
    {
        Id = "MRL8011",
        Title = "STIX bundle cannot be read",
        Severity = Severity.Error,
        Rationale = """
            A bundle is JSON: a STIX 2.0 or 2.1 bundle of ATT&CK or of ATT&CK Workbench, an array of its objects, one object, or
            a TAXII 2.1 envelope with the objects, as it is or compressed with gzip. A bundle that is damaged, or a part of one,
            is not used at all.
            """,
        Source = "https://docs.oasis-open.org/cti/stix/v2.1/os/stix-v2.1-os.html",
    };

    public static DiagnosticInfo ReleaseNotEmbedded { get; } = new()
    {
        Id = "MRL8012",
        Title = "ATT&CK release is not embedded",
        Severity = Severity.Error,
        Rationale = """
            Merlon carries some releases of ATT&CK and reads no others from the network. For another one, import MITRE's
            bundle with `merlon attack import` and name the table in `attack.release`.
            """,
        Source = "https://attack.mitre.org/resources/updates/",
    };

    public static DiagnosticInfo BundleHashMismatch { get; } = new()
    {
        Id = "MRL8013",
        Title = "STIX bundle has another SHA-256 than configured",
        Severity = Severity.Error,
        Rationale = """
            `attack.bundles` pins a bundle by the SHA-256 of the file, so that coverage can't change without a change in the
            repository. When the new file is wanted, write its hash into `merlon.yml`. docs/attack.md says what the hash of a
            folder is.
            """,
    };

    public static DiagnosticInfo ObjectLeftOut { get; } = new()
    {
        Id = "MRL8014",
        Title = "Object of a STIX bundle is left out",
        Severity = Severity.Warning,
        Rationale = """
            Tags and actor profiles refer to techniques, groups, software and campaigns by their ATT&CK id. An object that has
            none (of a technique: none of the form T1059, T1059.001 or ACME-T4000), or the id of a newer object, cannot be referred to.
            """,
        Source = "https://github.com/mitre-attack/attack-stix-data/blob/master/USAGE.md",
    };

    public static DiagnosticInfo NotDownloaded { get; } = new()
    {
        Id = "MRL8020",
        Title = "Bundle cannot be downloaded",
        Severity = Severity.Error,
        Rationale = """
            `merlon attack update` gets the bundles of `attack.bundles` that have a `url`. What a server sends takes the file's place only
            when it is whole, has the pinned SHA-256 and can be read; otherwise the file stays as it was.
            """,
        Source = "docs/attack.md",
    };

    public static ImmutableArray<DiagnosticInfo> All { get; } = [UnreadableTable, UnreadableBundle, ReleaseNotEmbedded, BundleHashMismatch, ObjectLeftOut, NotDownloaded];
}
