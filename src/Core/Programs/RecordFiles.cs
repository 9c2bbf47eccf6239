using System.Collections.Immutable;
using Merlon.Core.Configuration;
using Merlon.Core.Diagnostics;
using Merlon.Core.Evidence;
using Merlon.Core.Yaml;

namespace Merlon.Core.Programs;

/// <summary>Reads the validation records of a program.</summary>
internal static class RecordFiles
{
    /// <returns>By path and position. A file that cannot be read is a finding and has none.</returns>
    public static ImmutableArray<ValidationRecord> Read(ProgramFiles files, MerlonConfig config, List<Diagnostic> diagnostics)
    {
        var records = ImmutableArray.CreateBuilder<ValidationRecord>();
        foreach (var path in ProgramFiles.Match(files.Tree, config.Records, diagnostics))
            if (files.Tree.TryRead(path, YamlFile.MaxBytes, out var error) is { } bytes)
                records.AddRange(RecordReader.Read(path, bytes, diagnostics));
            else
                diagnostics.Add(error!); // TryRead gives bytes or an error
        return records.DrainToImmutable();
    }
}
