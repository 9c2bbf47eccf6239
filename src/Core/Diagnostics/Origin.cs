namespace Merlon.Core.Diagnostics;

/// <summary>Whether a finding was there before, as far as a baseline or a base revision tells.</summary>
internal enum Origin
{
    /// <summary>Nothing was compared.</summary>
    Unknown,
    New,
    Existing,
}

internal static class OriginNames
{
    extension(Origin origin)
    {
        /// <summary>The word that outputs use: <c>new</c>, <c>existing</c>, <c>unknown</c>.</summary>
        public string Name => origin switch
        {
            Origin.New => "new",
            Origin.Existing => "existing",
            _ => "unknown",
        };
    }
}
