namespace Merlon.Cli.Help;

/// <summary>Lines for the help of a command, in the order in which somebody needs them. A test runs each.</summary>
internal static class Examples
{
    public static (string Line, string Does)[] Of(string[] path) => string.Join(' ', path) switch
    {
        "" =>
        [
            ("merlon init", "begins in a repository of rules"),
            ("merlon check", "checks rules, measures coverage, and judges it"),
            ("merlon why T1059.001", "says why a technique is covered or not"),
        ],
        "init" =>
        [
            ("merlon init --dry-run", "shows what would be written"),
            ("merlon init --actor FIN7,APT38 --pipeline github", "measures two groups, and writes a workflow for GitHub Actions"),
            ("merlon init --baseline", "accepts what is found in a large repository today"),
        ],
        "check" =>
        [
            ("merlon check", "what the nearest merlon.yml says"),
            ("merlon check rules/windows", "some of the rules"),
            ("merlon check --actor FIN7 rules", "without any merlon.yml or profile"),
            ("merlon check --format sarif -o merlon.sarif", "for code scanning"),
        ],
        "lint" =>
        [
            ("merlon lint --fix", "mends what can be mended without a change of what a rule detects"),
            ("merlon lint --changed-since HEAD", "of rules that differ from the last commit"),
            ("merlon lint --write-baseline lint-baseline.tsv", "accepts what is found today"),
        ],
        "test" => [("merlon test rules/windows", "the tests of some rules")],
        "gate" =>
        [
            ("merlon gate", "compares with where the branch began"),
            ("merlon gate --base HEAD~1 --format markdown", "a comment for a pull request"),
        ],
        "diff" =>
        [
            ("merlon diff HEAD~1", "a commit with the working tree"),
            ("merlon diff HEAD~1..HEAD", "two commits"),
        ],
        "coverage" => [("merlon coverage --actor G0046 rules", "of a group of ATT&CK, without any merlon.yml or profile")],
        "gaps" => [("merlon gaps --format csv -o gaps.csv", "for a spreadsheet")],
        "why" => [("merlon why T1059.001", "of a technique"), ("merlon why T1003.001 --actor FIN7", "as one actor uses it")],
        "assess" => [("merlon assess --since HEAD~1 --format html -o assessment.html", "a page with what changed since a revision")],
        "trend" => [("merlon trend --max 20 --format svg -o trend.svg", "a chart of the last 20 commits")],
        "plan" => [("merlon plan --target 60 -o plan.yml", "what it takes to cover 60 percent of each actor")],
        "layer" => [("merlon layer --all -o layers", "every layer of a program")],
        "layer coverage" => [("merlon layer coverage -o coverage.json", "opens in the ATT&CK Navigator")],
        "layer gap" => [("merlon layer gap FIN7 -o gap.json", "of one actor")],
        "report" => [("merlon report -o page", "opens in a browser, from page/index.html")],
        "parse" => [("merlon parse rules/windows", "what Merlon understands of some rules")],
        "rules list" => [("merlon rules list --format csv -o rules.csv", "for a spreadsheet")],
        "actor show" => [("merlon actor show FIN7", "of a profile, or of a group of ATT&CK")],
        "actor import" => [("merlon actor import G0046 -o actors/fin7.yml", "a profile of a group of ATT&CK")],
        "attack show" => [("merlon attack show T1059.001", "a technique"), ("merlon attack show FIN7", "a group")],
        "attack diff" => [("merlon attack diff 18.1 19.1", "what another release changes, and what it does here")],
        "explain" => [("merlon explain MRL3002", "a finding that a check reported")],
        "completion" =>
        [
            ("source <(merlon completion bash)", "in ~/.bashrc"),
            ("source <(merlon completion zsh)", "in ~/.zshrc, behind compinit"),
            ("merlon completion fish | source", "in ~/.config/fish/config.fish"),
            ("merlon completion pwsh | Out-String | Invoke-Expression", "in $PROFILE"),
        ],
        _ => [],
    };
}
