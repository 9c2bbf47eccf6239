namespace Microsoft.Build.Framework;

/// <summary>
/// Says that a task touches no state of its process, so that multi-threaded MSBuild (<c>-mt</c>) may keep it in its own. MSBuild looks
/// for the attribute by name; the oldest one that we compile against does not have it.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class MSBuildMultiThreadableTaskAttribute : Attribute;
