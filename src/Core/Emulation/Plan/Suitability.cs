using System.Collections.Immutable;
using Merlon.Core.Coverage;
using Merlon.Core.Emulation.Library;

namespace Merlon.Core.Emulation.Plan;

/// <summary>Whether the exercise can run a test. What a library does not say, and the exercise has to know, makes a test unsuitable.</summary>
internal sealed class Suitability(PlanOptions options, Definition definition)
{
    private readonly ImmutableArray<string> _platforms = options.Platforms.IsEmpty ? definition.Platforms : options.Platforms;

    /// <summary>The first reason against it; null for none.</summary>
    public Unsuitable? WhyNot(EmulationTest test)
    {
        if (test.IsManual)
            return Unsuitable.Manual;
        if (test.Platforms is { } platforms && (platforms.IsEmpty || (!_platforms.IsEmpty && !platforms.Any(_platforms.Contains))))
            return Unsuitable.Platform;
        if (options.Elevated is { } wanted && test.NeedsElevation is { } needed && wanted != needed)
            return Unsuitable.Elevation;
        if (options.IsOffline && test.NeedsDownload == true)
            return Unsuitable.Download;
        return (!_platforms.IsEmpty && test.Platforms is null) || (options.Elevated is not null && test.NeedsElevation is null) || (options.IsOffline && test.NeedsDownload is null)
            ? Unsuitable.Unstated : null;
    }
}
