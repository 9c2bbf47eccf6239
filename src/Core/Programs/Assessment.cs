using System.Collections.Immutable;
using Merlon.Core.Git;

namespace Merlon.Core.Programs;

/// <summary>What is told of a program to those who decide where to invest: its numbers, its gaps and what closing them takes.</summary>
/// <param name="Title">What the page is about: the program's name, or what somebody wrote instead.</param>
/// <param name="Since">Null where nothing is compared.</param>
/// <param name="Domains">In the order of the configuration; none without actors.</param>
internal sealed record Assessment(string Title, Snapshot Snapshot, AssessedRevision? Since, ImmutableArray<AssessedDomain> Domains);

/// <summary>The revision that numbers are compared with: its rules, tests and records, and everything else as it is today.</summary>
/// <param name="Name">As somebody wrote it.</param>
/// <param name="Unreadable">How many of its files of rules could not be read as a whole: what is lost covers nothing.</param>
internal sealed record AssessedRevision(string Name, GitCommit Commit, int Unreadable);

/// <summary>A number of today, and of the revision that it is compared with.</summary>
/// <param name="Before">Null where nothing is compared.</param>
internal readonly record struct Tally(int Now, int? Before)
{
    public int? Change => Now - Before;
}
