using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Merlon.Core.Actors;
using Merlon.Core.Evidence;
using Merlon.Core.Sigma;

namespace Merlon.Core.Coverage;

/// <summary>What "covered" means in a run. Numbers of two runs compare only when their definitions are the same.</summary>
internal sealed record Definition
{
    /// <summary>The word that admits rules without a status, or without a level.</summary>
    public const string Absent = "none";

    /// <summary>The level that a technique needs to be covered.</summary>
    public Level Level { get; init; } = Level.Deployable;

    /// <summary>Statuses of deployable rules; <see cref="Absent"/> for rules without one.</summary>
    public ImmutableArray<string> Status { get; init; } = ["stable", "test"];

    /// <summary>The lowest Sigma level of deployable rules; <see cref="Absent"/> admits all.</summary>
    public string SigmaLevel { get; init; } = "low";

    /// <summary>Tags that no deployable rule has.</summary>
    public ImmutableArray<string> NotTags { get; init; } = ["detection.threat-hunting", "detection.emerging-threats"];

    /// <summary>Whether a technique counts once one of its sub-techniques is covered, rather than all.</summary>
    public bool IsLenient { get; init; }

    /// <summary>ATT&amp;CK platforms in scope; empty for all.</summary>
    public ImmutableArray<string> Platforms { get; init; } = [];

    /// <summary>Platforms that would be in <see cref="Platforms"/> too if some asset group had them, sorted.</summary>
    public ImmutableArray<string> Unowned { get; init; } = [];

    public bool PreApart { get; init; } = true;

    /// <summary>How long records of exercises hold, and whose.</summary>
    public ValidationOptions Validation { get; init; } = new();

    /// <summary>Exclusions that hold for every actor.</summary>
    public ImmutableArray<Exclusion> Exclusions { get; init; } = [];

    /// <summary>The words of <see cref="SigmaLevel"/>, from the least.</summary>
    public static ImmutableArray<string> SigmaLevels { get; } = [Absent, .. SigmaWords.Levels];

    public string RollUp => IsLenient ? "lenient" : "strict";

    public string Pre => PreApart ? "apart" : "include";

    public ScopeOptions ScopeOn(DateOnly date) => new(Platforms, PreApart, Exclusions, date);

    /// <summary>The first 16 hexadecimal digits of a SHA-256 over everything above and the releases.</summary>
    public string HashWith(IEnumerable<string> releases) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n',
        [Level.Name, string.Join(',', Status), SigmaLevel, string.Join(',', NotTags), RollUp, string.Join(',', Platforms), Pre, string.Join(',', releases), .. OfValidation]))))[..16];

    // What nobody set adds nothing.
    private IEnumerable<string> OfValidation => Validation == new ValidationOptions() ? [] : [string.Create(CultureInfo.InvariantCulture, $"{Validation.MaxAgeDays}d"), Validation.AllowsHand ? "hand" : ""];
}
