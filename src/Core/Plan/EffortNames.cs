namespace Merlon.Core.Plan;

internal static class EffortNames
{
    extension(Effort effort)
    {
        /// <summary>The word in outputs.</summary>
        public string Name => effort switch { Effort.Low => "low", Effort.Medium => "medium", Effort.High => "high", _ => "blocked" };
    }

    extension(TaskKind kind)
    {
        /// <inheritdoc cref="get_Name(Effort)"/>
        public string Name => kind switch { TaskKind.Adopt => "adopt", TaskKind.Write => "write", _ => "collect" };
    }
}
