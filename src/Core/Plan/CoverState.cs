namespace Merlon.Core.Plan;

/// <summary>What a search has decided so far.</summary>
internal sealed class CoverState
{
    private readonly CoverProblem _problem;
    private readonly Decision[] _options, _sources;
    private readonly bool[] _covered;

    private enum Decision : byte
    {
        Open,
        Taken,
        Refused,
    }

    public CoverState(CoverProblem problem) =>
        (_problem, _options, _sources, _covered) = (problem, new Decision[problem.Options.Length], new Decision[problem.SourceCosts.Length], new bool[problem.Elements]);

    private CoverState(CoverState other) =>
        (_problem, _options, _sources, _covered, Cost) = (other._problem, [.. other._options], [.. other._sources], [.. other._covered], other.Cost);

    /// <summary>Of all options and sources that are taken.</summary>
    public int Cost { get; private set; }

    public bool[] Covered => _covered;

    public bool IsReached => _problem.Reaches(_covered);

    public IEnumerable<int> Taken => Enumerable.Range(0, _options.Length).Where(option => _options[option] == Decision.Taken);

    public bool IsPaid(int source) => _sources[source] == Decision.Taken;

    public bool IsOpen(int source) => _sources[source] == Decision.Open;

    /// <summary>Whether an option may still be taken.</summary>
    public bool IsAvailable(int option) => _options[option] == Decision.Open && !IsBarred(option);

    /// <summary>Whether what is decided leaves enough to reach the goals.</summary>
    public bool CanReach()
    {
        bool[] covered = [.. _covered];
        for (var option = 0; option < _options.Length; option++)
            if (IsAvailable(option))
                foreach (var element in _problem.Options[option].Covers)
                    covered[element] = true;
        _problem.RollUp(covered);
        return _problem.Reaches(covered);
    }

    public CoverState With(int option)
    {
        CoverState next = new(this);
        next.Take(option);
        return next;
    }

    public CoverState Without(int option)
    {
        CoverState next = new(this);
        next._options[option] = Decision.Refused;
        return next;
    }

    public CoverState WithSource(int source)
    {
        CoverState next = new(this);
        next.Pay(source);
        return next;
    }

    public CoverState WithoutSource(int source)
    {
        CoverState next = new(this);
        next._sources[source] = Decision.Refused;
        return next;
    }

    public CoverState Copy() => new(this);

    public void Take(int option)
    {
        if (_options[option] == Decision.Taken)
            return;
        _options[option] = Decision.Taken;
        Cost += _problem.Options[option].Cost;
        foreach (var source in _problem.Options[option].Sources)
            Pay(source);
        foreach (var element in _problem.Options[option].Covers)
            _covered[element] = true;
        _problem.RollUp(_covered);
    }

    private void Pay(int source)
    {
        if (_sources[source] == Decision.Taken)
            return;
        _sources[source] = Decision.Taken;
        Cost += _problem.SourceCosts[source];
    }

    private bool IsBarred(int option)
    {
        foreach (var source in _problem.Options[option].Sources)
            if (_sources[source] == Decision.Refused)
                return true;
        return false;
    }
}
