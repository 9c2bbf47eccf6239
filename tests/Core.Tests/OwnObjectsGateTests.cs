using Xunit;
using static Merlon.Core.Tests.History;

namespace Merlon.Core.Tests;

/// <summary>A bundle that changes is another release: what it makes of the numbers is told, and no rule has lost anything.</summary>
public sealed class OwnObjectsGateTests : GateScene
{
    private static readonly string Bundle = File.ReadAllText(Repository.PathOf("tests/fixtures/own/acme.json"));

    private void StartWithBundle(string path = "acme.json")
    {
        Work.Write("merlon.yml", "attack: { bundles: [{ path: acme.json }] }\ngate: { targets: { default: 60 } }\n".Replace("acme.json", path.Split('/')[0], StringComparison.Ordinal));
        Work.Write(path, Bundle);
        Work.Write("actors/fox.yml", "name: Fox\nfrom: [ACME-G0001]\n");
        Work.Write("rules/e.yml", Rule("5", "acme-t4000.001"));
        Start();
    }

    [Fact]
    public void A_changed_bundle_is_a_change_of_the_release()
    {
        StartWithBundle();
        // The group no longer uses the technique that a rule covers.
        Work.Replace("acme.json", "\"relationship_type\": \"uses\", \"source_ref\": \"intrusion-set--00000000-0000-4000-8000-000000000020\", \"target_ref\": \"attack-pattern--00000000-0000-4000-8000-000000000011\"",
            "\"relationship_type\": \"uses\", \"source_ref\": \"intrusion-set--00000000-0000-4000-8000-000000000020\", \"target_ref\": \"attack-pattern--00000000-0000-4000-8000-000000000013\"");
        Commits("""
            failed, base main by merge-base
            floor Fox 2/4 of 60 error: 75.0% -> 50.0% by ATT&CK objects of acme.json (3/4 -> 2/4)
            other release Fox: 75.0% -> 50.0% by ATT&CK objects of acme.json: 1 technique new, 1 technique gone
            MRL5001 error merlon.yml:2
            """);
    }

    [Fact]
    public void A_new_bundle_is_named()
    {
        Work.Write("merlon.yml", "gate: { targets: { default: 1 } }\n");
        Work.Write("actors/fox.yml", "name: Fox\nfrom: [G0046]\n");
        Start();
        Work.Write("merlon.yml", "attack: { bundles: [{ path: acme.json }] }\ngate: { targets: { default: 1 } }\n");
        Work.Write("acme.json", Bundle);
        Commits("""
            passed, base main by merge-base
            other release Fox: 5.3% -> 1.8% by ATT&CK 19.1 -> 19.1 + acme.json: 1 technique new, 2 techniques gone
            """);
    }

    [Fact]
    public void A_file_that_leaves_a_folder_is_seen()
    {
        StartWithBundle("attack/acme.json");
        Work.Write("attack/more.json", "[]");
        Start();
        Work.Delete("attack/acme.json");
        Work.Write("actors/fox.yml", Fox);
        Commits("""
            passed, base main by merge-base
            policy weaker actors/fox.yml:2 Fox: from[ACME-G0001]: ACME-G0001 -> 
            policy stricter actors/fox.yml:2 Fox: techniques[T1003.001]:  -> listed
            policy stricter actors/fox.yml:2 Fox: techniques[T1047]:  -> listed
            policy stricter actors/fox.yml:2 Fox: techniques[T1055]:  -> listed
            policy stricter actors/fox.yml:2 Fox: techniques[T1059.001]:  -> listed
            policy stricter actors/fox.yml:2 Fox: techniques[T1105]:  -> listed
            other release Fox: 75.0% -> n/a by ATT&CK objects of attack: 4 techniques gone
            other profile Fox: n/a -> 80.0% by profiles: 5 techniques new
            """);
    }

    [Fact]
    public void A_rule_for_an_own_technique_that_goes_is_a_loss()
    {
        StartWithBundle();
        Work.Delete("rules/e.yml");
        Commits("""
            failed, base main by merge-base
            lost ACME-T4000.001 Fox on Windows error: removed rules/e.yml:5
            floor Fox 2/4 of 60 error
            MRL5002 error actors/fox.yml:2
            MRL5001 error merlon.yml:2
            """);
    }
}
