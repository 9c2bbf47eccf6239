using System.Security.Cryptography;
using System.Text;

namespace Merlon.EndToEnd.Tests;

/// <summary>
/// A repository with something for each command to say: rules with tests and correlations, actors, searches, records, a loss since the tag
/// v1 and files that cannot be read. A command may change it; then it is put back.
/// </summary>
public sealed class NativeScene : IDisposable
{
    private readonly RulesRepository _repository = new();

    public NativeScene()
    {
        Directory.Delete(_repository.PathOf(".git"));
        foreach (var folder in new[] { "rules", "actors" })
            foreach (var file in Directory.GetFiles(Path.Combine(Checkout.Root, folder), "*", SearchOption.AllDirectories).Where(file => Path.GetExtension(file) is not ".proj" && !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)))
                _repository.Write(Path.GetRelativePath(Checkout.Root, file), File.ReadAllText(file));
        _repository.Write("merlon.yml", $"{File.ReadAllText(Path.Combine(Checkout.Root, "merlon.yml")).Replace("  - rules/**/*.yml", "  - rules/**/*.yml\n  - { path: export.json, format: splunk-rest, deploys: sigma }", StringComparison.Ordinal)}validation: {{ records: [validation/*.yml] }}");
        _repository.Write("export.json", """{"entry":[{"name":"PowerShell Started With an Encoded Command","content":{"disabled":false,"is_scheduled":true,"search":"index=win","action.correlationsearch.enabled":"1","action.correlationsearch.annotations":"{\"mitre_attack\":[\"T1059.001\"]}"}}],"paging":{"total":1}}""");
        _repository.Write("savedsearches.conf", "[Encoded command]\nsearch = index=win powershell\nenableSched = 1\naction.correlationsearch.enabled = 1\naction.correlationsearch.annotations = {\"mitre_attack\": [\"T1059.001\"]}\n");
        _repository.Write("elastic.toml", "[metadata]\nmaturity = \"production\"\n[rule]\nname = \"Encoded command\"\nrule_id = \"7a1ff0a5-7d3b-4d0e-9f0a-0f3c5f0c7a12\"\nseverity = \"high\"\nquery = '''process where true'''\ntype = \"eql\"\n[[rule.threat]]\nframework = \"MITRE ATT&CK\"\n[[rule.threat.technique]]\nid = \"T1059\"\nname = \"x\"\n");
        _repository.Write("rules.csv", "name,techniques\nEncoded command,T1059.001\n");
        _repository.Write("bundle.json", """
            {"type":"bundle","id":"bundle--5b7f2c8e-0a9a-4a53-9d5c-1f1f0e6c9a01","objects":[
              {"type":"x-mitre-collection","id":"x-mitre-collection--5b7f2c8e-0a9a-4a53-9d5c-1f1f0e6c9a02","name":"Test","x_mitre_version":"1.0","modified":"2026-01-01T00:00:00.000Z","x_mitre_contents":[]},
              {"type":"x-mitre-matrix","id":"x-mitre-matrix--5b7f2c8e-0a9a-4a53-9d5c-1f1f0e6c9a03","name":"Test","external_references":[{"source_name":"mitre-attack","external_id":"enterprise-attack"}],"tactic_refs":["x-mitre-tactic--5b7f2c8e-0a9a-4a53-9d5c-1f1f0e6c9a04"],"x_mitre_domains":["enterprise-attack"]},
              {"type":"x-mitre-tactic","id":"x-mitre-tactic--5b7f2c8e-0a9a-4a53-9d5c-1f1f0e6c9a04","name":"Execution","x_mitre_shortname":"execution","external_references":[{"source_name":"mitre-attack","external_id":"TA0002"}],"x_mitre_domains":["enterprise-attack"]},
              {"type":"attack-pattern","id":"attack-pattern--5b7f2c8e-0a9a-4a53-9d5c-1f1f0e6c9a05","name":"Test","external_references":[{"source_name":"mitre-attack","external_id":"T1059"}],"kill_chain_phases":[{"kill_chain_name":"mitre-attack","phase_name":"execution"}],"x_mitre_platforms":["Windows"],"x_mitre_domains":["enterprise-attack"]}
            ]}
            """);
        _repository.Write("layer.json", """{"name":"A layer","versions":{"attack":"19","layer":"4.5","navigator":"5"},"domain":"enterprise-attack","techniques":[{"techniqueID":"T1059.001","score":1}]}""");
        _repository.Write("sigma_cli_conf.yml", "validators: [all, -attacktag]");
        _repository.Write("cluster.json", """{"name":"Groups","values":[{"value":"FIN7","uuid":"5b7f2c8e-0a9a-4a53-9d5c-1f1f0e6c9a06","meta":{"target_categories":["Financial Services"]}}]}""");
        _repository.Write("atomics/T1059.001/T1059.001.yaml", """
            attack_technique: T1059.001
            display_name: A shell
            atomic_tests:
              - name: Encoded command
                auto_generated_guid: 5b7f2c8e-0a9a-4a53-9d5c-1f1f0e6c9a07
                description: A command that is encoded.
                supported_platforms: [windows]
                executor: { name: powershell, command: whoami }
            """);
        _repository.Write("log.csv", "Execution Time (UTC),Execution Time (Local),Technique,Test Number,Test Name,Hostname,Username,GUID\n2026-11-20T10:00:00Z,2026-11-20T11:00:00Z,T1059.001,1,Encoded command,host-a,user,5b7f2c8e-0a9a-4a53-9d5c-1f1f0e6c9a07\n");
        _repository.Write("alerts.jsonl", """{"time":"2026-11-20T10:01:00Z","rule":"7a1ff0a5","host":"host-a"}""");
        _repository.Write("broken/rules/yaml.yml", "title: [Broken\ntags: {");
        _repository.Write("broken/rules/sigma.yml", "title: \u202e\e[31m[red]x[/]\nlogsource: { product: windows }\ndetection:\n  s: { A|re: '(a+)+$', B|cidr: 10.0.0.0/33, C|base64offset|contains: x }\n  condition: 1 of them and not (s or\nlevel: High\ndate: 2026/13/01\ntags: [attack.T1086, attack.t9999, attack.nowhere]\n");
        _repository.Write("broken/merlon.yml", "gaet: {}\nactors: [../../../etc/*]\n");
        _repository.Git("init", "--quiet", "--initial-branch=main");
        Commit("2026-11-01T12:00:00Z");
        _repository.Git("tag", "v1");
        var lost = Directory.GetFiles(_repository.PathOf("rules"), "*.yml", SearchOption.AllDirectories).Where(file => File.ReadAllText(file).Contains("attack.t1003.001", StringComparison.Ordinal)).ToArray();
        foreach (var file in lost)
            File.Delete(file);
        _repository.Write("rules/new.yml", _repository.Read(RulesRepository.Rule).Replace("7a1ff0a5", "7a1ff0a6", StringComparison.Ordinal).Replace("t1059.001", "t1105", StringComparison.Ordinal));
        _repository.Replace("merlon.yml", "default: 35", "default: 30");
        Commit("2026-11-10T12:00:00Z");
    }

    /// <summary>Runs one command, says what it left, and puts the repository back.</summary>
    /// <returns>Exit code, both streams, and a hash of each file that the command wrote, changed or removed.</returns>
    internal string Run(string program, string[] before, string[] arguments)
    {
        var ended = _repository.Run(program, [.. before, .. arguments]);
        StringBuilder said = new($"exit code {ended.ExitCode}\n{ended.Output}\n--- error\n{ended.Error}\n--- files\n");
        foreach (var line in _repository.Git("status", "--porcelain", "--ignored", "--untracked-files=all", "-z").Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimStart()).Order(StringComparer.Ordinal))
        {
            var path = _repository.PathOf(line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
            said.Append(line).Append(' ').Append(File.Exists(path) ? Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path))) : "").Append('\n');
        }
        _repository.Git("checkout", "--quiet", "--force", "main");
        _repository.Git("clean", "-dfxq");
        return said.ToString();
    }

    public void Dispose() => _repository.Dispose();

    private void Commit(string date)
    {
        _repository.Git("add", "--all");
        var ended = _repository.Run(
            "git", ["-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "--quiet", "--message=c"],
            ("GIT_AUTHOR_DATE", date), ("GIT_COMMITTER_DATE", date));
        if (ended.ExitCode != 0)
            throw new InvalidOperationException(ended.ToString());
    }
}
