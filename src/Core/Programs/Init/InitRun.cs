using System.Collections.Immutable;
using System.Globalization;
using Merlon.Core.Attack;
using Merlon.Core.Configuration;
using Merlon.Core.Coverage;
using Merlon.Core.Diagnostics;
using Merlon.Core.Git;
using Merlon.Core.Yaml;

namespace Merlon.Core.Programs.Init;

/// <summary>Begins: finds what is there, and writes what is missing. Nothing that is there is lost.</summary>
internal sealed class InitRun : IDisposable
{
    private const string DefaultActors = "actors/*.yml";

    private static readonly string[] Projects = ["*.*proj", "*.sln", "*.slnx"];

    private readonly InitRequest _request;
    private readonly WorkingTree _tree;
    private readonly bool _isGit;
    private readonly string _folder;
    private readonly string _config;
    private readonly List<string> _notes = [];

    private InitRun(InitRequest request)
    {
        _request = request;
        var repository = WorkingTree.FindRoot(request.Check.Directory);
        _isGit = repository is not null;
        _tree = new(repository ?? request.Check.Directory);
        _folder = ((ISourceTree)_tree).PathOf(request.Check.Directory) ?? ""; // the root lies above it
        _config = InFolder(ConfigurationReader.FileName);
    }

    public static InitPlan Plan(InitRequest request)
    {
        using InitRun run = new(request);
        return run.Plan();
    }

    public void Dispose() => _tree.Dispose();

    /// <summary>Writes what a plan says.</summary>
    /// <exception cref="IOException">A file cannot be written, or came into being meanwhile. Those before it have been written.</exception>
    public static void Write(InitPlan plan)
    {
        using WorkingTree tree = new(plan.Root);
        foreach (var file in plan.Files.Where(file => file.State != InitState.Kept))
            InitFiles.Write(tree, file);
    }

    private InitPlan Plan()
    {
        InitPlan plan = new() { Root = _tree.Root, IsGit = _isGit };
        var isKept = IsThere(_config) && !_request.Overwrites;
        if (!isKept && !IsThere(_config) && ProgramFiles.Locate(_request.Check).ConfigPath is { } above && !_request.Overwrites)
            return plan with { Refusal = $"'{Shown(_folder)}' belongs to the program of {above}; run this there, or give --force to begin a program of its own here" };
        Dictionary<string, string> example = [];
        if (_request.HasExample && !isKept)
            foreach (var (path, text) in Example())
                example[path] = text;
        OverlayTree tree = new(_tree, example.Where(file => !IsThere(file.Key)).ToDictionary());
        var found = FoundFiles.Read(tree, _folder, AttackReleases.Newest(AttackDomain.Enterprise), _request.Check.Progress);
        if (!isKept && found.Count(FileKind.Rule) == 0)
            return plan with { Refusal = $"no detection rule was found {(found.Files.IsEmpty ? "" : string.Create(CultureInfo.InvariantCulture, $"in {found.Files.Length} YAML, TOML and configuration files "))}below '{Shown(_folder)}'; run this in a repository of rules, or give --example to begin with one" };
        return isKept ? Complete(plan, found) : Begin(plan, found, example);
    }

    // There is a configuration: it says where things lie, and what is missing beside it is added.
    private InitPlan Complete(InitPlan plan, FoundFiles found)
    {
        var files = ProgramFiles.Find(_request.Check with { NeedsRules = false });
        if (files.Config is not { } config)
            return plan with { Errors = files.Diagnostics };
        List<Diagnostic> errors = [];
        var profiles = files.Profiles.IsEmpty || !_request.Actors.IsEmpty ? StartingProfile.Write(_request.Actors, config.Releases[0], found.Rules.Rules, errors) : [];
        if (profiles is null)
            return plan with { Errors = [.. errors] };
        if (_request.HasBaseline)
            _notes.Add($"{_config} is there and was left; 'merlon lint --write-baseline {ConfigText.Baseline}' writes a baseline, and lint.baseline names it");
        return plan with { Files = [new(_config, "", InitState.Kept), .. profiles.Value.Select(profile => File(InFolder(profile.Path), profile.Text)), .. FilesBeside()], Notes = [.. _notes] };
    }

    private InitPlan Begin(InitPlan plan, FoundFiles found, Dictionary<string, string> example)
    {
        var fits = ReleaseFit.Rank(found.Rules.Rules);
        var release = fits[0].Release;
        List<Diagnostic> errors = [];
        var (known, patterns) = Profiles(found);
        var profiles = known.Length == 0 || !_request.Actors.IsEmpty ? StartingProfile.Write(_request.Actors, release, found.Rules.Rules, errors) : [];
        if (profiles is null)
            return plan with { Errors = [.. errors] };
        if (profiles.Value.Length > 0)
            patterns = [.. patterns, .. found.Files.Any(file => file.Kind is not FileKind.Profile && file.Extension == ".yml" && ConfigurationFiles.FolderOf(file.Path) == "actors")
                ? profiles.Value.Select(profile => profile.Path).Except(patterns) : new[] { DefaultActors }.Except(patterns)];
        var beside = FilesBeside();
        var layout = RuleLayout.Of(found, [ConfigurationReader.FileName, .. beside.Select(file => file.Path).Where(path => !path.Contains('/', StringComparison.Ordinal) && path.EndsWith(".yml", StringComparison.Ordinal))]);
        var lint = ReadSigmaCli(found);
        ConfigText Config(IReadOnlyCollection<(string, Ratio)>? measured) => new(found, layout, fits) { Actors = patterns, Lint = lint, HasBaseline = _request.HasBaseline, Measured = measured };
        Dictionary<string, string> files = new(example, StringComparer.Ordinal) { [_config] = Config(null).Write() };
        foreach (var (path, text) in profiles)
            if (!IsThere(InFolder(path)) || _request.Overwrites)
                files[InFolder(path)] = text;
        if (Measure(files, out var refused) is not { } measured)
            return plan with { Errors = refused };
        return plan with
        {
            Layout = layout,
            Files = [.. example.Select(file => File(file.Key, file.Value)), File(_config, Config(measured).Write()), .. profiles.Value.Select(profile => File(InFolder(profile.Path), profile.Text)), .. beside],
            Notes = [.. _notes],
        };
    }

    // What is covered of each actor today, as a check would say once these files are written.
    private IReadOnlyCollection<(string, Ratio)>? Measure(Dictionary<string, string> files, out ImmutableArray<Diagnostic> errors)
    {
        var request = _request.Check with { Config = _tree.FullPath(_config), Progress = null };
        if (Snapshot.Load(request, ProgramFiles.FindIn(new OverlayTree(_tree, files), request, mayLack: false), out errors) is not { } snapshot)
            return null;
        return [.. snapshot.Coverage.SelectMany(coverage => coverage.Actors).Where(actor => actor.Actor?.Profile.Targets.Default is null).Select(actor => (actor.Name, actor.Covered))];
    }

    // Those that are there, by folder where nothing else lies in it.
    private static (string[] Paths, string[] Patterns) Profiles(FoundFiles found)
    {
        string[] paths = [.. found.Paths(FileKind.Profile)];
        return (paths,
        [
            .. paths.GroupBy(path => (Folder: ConfigurationFiles.FolderOf(path), Extension: Path.GetExtension(path))).SelectMany(group =>
                group.Key.Folder.Length == 0 || found.Files.Any(file => file.Kind != FileKind.Profile && file.Extension == group.Key.Extension && ConfigurationFiles.FolderOf(file.Path) == group.Key.Folder)
                    ? group.Select(Chooser.Written) : [$"{Chooser.Written(group.Key.Folder)}/*{group.Key.Extension}"]),
        ]);
    }

    private string? ReadSigmaCli(FoundFiles found)
    {
        if (found.Paths(FileKind.SigmaCli).ToArray() is not [_, ..] paths)
            return null;
        if (paths is not [var path])
        {
            _notes.Add($"several configurations of sigma-cli are there and none was taken over: {string.Join(", ", paths.Select(YamlWord.Of))}; 'merlon init --from FILE -o FILE' shows what one asks for");
            return null;
        }
        List<Diagnostic> diagnostics = [];
        const string head = "lint:\n";
        if (_tree.TryRead(InFolder(path), YamlFile.MaxBytes, out _) is not { } bytes || SigmaCliConfiguration.Convert(path, bytes, diagnostics) is not { } text || text.IndexOf(head, StringComparison.Ordinal) is not (>= 0 and var start))
        {
            _notes.Add($"{YamlWord.Of(path)} looks like a configuration of sigma-cli and cannot be read as one; 'merlon init --from' says why");
            return null;
        }
        _notes.Add($"checks and exclusions are those of {YamlWord.Of(path)}");
        return $"  # As {YamlWord.InComment(YamlWord.Of(path))} has it.\n{text[(start + head.Length)..]}";
    }

    private ImmutableArray<InitFile> FilesBeside()
    {
        List<InitFile> files = [];
        if (((ISourceTree)_tree).Find([.. Projects.Select(pattern => PathPattern.TryParse(pattern, _folder)!)]).Paths is [var project, ..] && Path.GetFileName(project) != InitFiles.Project) // they parse
            _notes.Add($"no {InitFiles.Project} is written, because 'dotnet build' would no longer know which one is meant: put <PackageReference Include=\"Merlon.Tasks\" Version=\"{_request.Version}\" PrivateAssets=\"all\" /> into a project, such as {YamlWord.Of(project)}");
        else
        {
            files.Add(File(InFolder(InitFiles.Project), InitFiles.ProjectText(_request.Version)));
            files.Add(InitFiles.GitIgnore(_tree, InFolder(".gitignore")));
        }
        files.Add(InitFiles.Manifest(_tree, _request.Version));
        files.AddRange(Pipeline());
        return [.. files.Where(file => _isGit || Path.GetFileName(file.Path) != ".gitignore")];
    }

    private IEnumerable<InitFile> Pipeline()
    {
        if (_request.Pipeline == Pipelines.None)
            return [];
        if (_request.Pipeline is null && !_isGit)
        {
            _notes.Add("this is no git repository: nothing is compared with an earlier state, and no pipeline is written; --pipeline writes one");
            return [];
        }
        var (service, why) = _request.Pipeline is { } name ? (Pipelines.Of(name), null) : Pipelines.Find(_tree);
        if (why is not null && !IsThere(service.Path))
            _notes.Add($"the pipeline is for {service.Name}: {why}");
        var text = _request.Template(service.Template).Replace("@VERSION@", _request.Version, StringComparison.Ordinal).Replace("@BRANCH@", Pipelines.MainBranch(_tree.Root), StringComparison.Ordinal);
        // One that runs Merlon already is complete. Anybody else's does more than that, and is not overwritten.
        if (service.Beside is { } beside && IsThere(service.Path) && _tree.TryRead(service.Path, YamlFile.MaxBytes, out _) is { } bytes && bytes.AsSpan().IndexOf("merlon check"u8) < 0)
            return [new(service.Path, "", InitState.Kept, service.Remark), File(beside, text)];
        return [File(service.Path, text)];
    }

    private IEnumerable<(string Path, string Text)> Example() =>
        InitFiles.Example.Select(file => (InFolder(file.Path), _request.Template(file.Template)));

    private InitFile File(string path, string text) => InitFiles.Of(_tree, path, text, _request.Overwrites);

    private bool IsThere(string path) => _tree.Exists(path);

    private string InFolder(string name) => _folder.Length == 0 ? name : $"{_folder}/{name}";

    private static string Shown(string folder) => folder.Length == 0 ? "." : folder;
}
