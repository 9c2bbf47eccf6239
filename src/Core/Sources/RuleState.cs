namespace Merlon.Core.Sources;

/// <summary>Whether a rule runs, as far as its source knows.</summary>
internal enum RuleState
{
    /// <summary>It is there, and nothing says that it runs: a file in git, or a search that nothing schedules.</summary>
    Available,
    /// <summary>Enabled, and scheduled where the product has schedules.</summary>
    Deployed,
    /// <summary>Turned off.</summary>
    Disabled,
}

internal static class RuleStates
{
    extension(RuleState state)
    {
        /// <summary>The word in outputs.</summary>
        public string Name => state switch
        {
            RuleState.Deployed => "deployed",
            RuleState.Disabled => "disabled",
            _ => "available",
        };
    }
}
