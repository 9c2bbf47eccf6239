namespace Merlon.Core.Sigma;

/// <summary>
/// Whether any event at all can be what an expression asks for. What is not known of two values, and what would take too long to find out,
/// counts as possible, so that "never" is certain.
/// </summary>
internal sealed class Satisfiability
{
    // More than the rules that people write take.
    private const int MaxSteps = 100_000;

    private readonly MatchAtoms _atoms = new();
    private readonly List<bool?> _truths = [];

    // The atoms that are decided, in their order, and the choices that must be made: to go back, the ends of both are cut off.
    private readonly List<int> _decided = [];
    private readonly List<Choice> _choices = [];
    private int _steps;

    private Satisfiability()
    {
    }

    private bool IsOver => _steps > MaxSteps;

    public static bool IsNever(Expression expression)
    {
        Satisfiability search = new();
        var root = search.Read(expression, isTrue: true);
        return !search.IsOver && !search.CanHold(root);
    }

    // With every 'not' moved down to the matches.
    private Demand Read(Expression expression, bool isTrue)
    {
        _steps++;
        return expression switch
        {
            NotExpression not => Read(not.Operand, !isTrue),
            AndExpression and => Join(and.Operands, operand => Read(operand, isTrue), isTrue),
            OrExpression or => Join(or.Operands, operand => Read(operand, isTrue), !isTrue),
            MatchExpression { Value: SigmaExpansion { Forms: var forms } } match => Join(forms, form => Read(match with { Value = form }, isTrue), !isTrue),
            MatchExpression { Value: SigmaExists { IsThere: false } } match => Read(match with { Value = new SigmaExists(true) }, !isTrue),
            MatchExpression match => new Literal(IndexOf(match), isTrue),
            _ => new All([]), // there is no other kind
        };
    }

    // What is left out when the steps are used up is not asked for any more.
    private Demand Join<T>(IEnumerable<T> parts, Func<T, Demand> read, bool isAll)
    {
        Demand[] demands = [.. parts.TakeWhile(_ => !IsOver).Select(read)];
        return isAll ? new All(demands) : new Choice(demands);
    }

    private int IndexOf(MatchExpression match)
    {
        var index = _atoms.Add(match, ref _steps);
        if (index == _truths.Count)
            _truths.Add(null);
        return index;
    }

    // As deep as there are choices, each of which takes a step for each one before it: the steps bound the depth to a few hundred.
    private bool CanHold(Demand demand)
    {
        var (decided, choices) = (_decided.Count, _choices.Count);
        if (Require(demand) && Propagate(out var next) && (next is null || IsOver || CanMake(next)))
            return true;
        foreach (var atom in _decided.Skip(decided))
            _truths[atom] = null;
        _decided.RemoveRange(decided, _decided.Count - decided);
        foreach (var choice in _choices.Skip(choices))
            choice.IsListed = false;
        _choices.RemoveRange(choices, _choices.Count - choices);
        return false;
    }

    private bool CanMake(Choice choice)
    {
        choice.IsMade = true;
        if (choice.Demands.Any(CanHold))
            return true;
        choice.IsMade = false;
        return false;
    }

    /// <summary>Takes on a demand and all that follows from what is decided by it at once; false when it contradicts what is decided.</summary>
    private bool Require(Demand demand)
    {
        _steps++;
        switch (demand)
        {
            case Literal literal:
                return Decide(literal.Atom, literal.IsTrue);
            case All all:
                return all.Demands.All(Require);
            case Choice { IsListed: false } choice:
                choice.IsListed = true;
                _choices.Add(choice);
                return true;
            default:
                return true;
        }
    }

    private bool Decide(int atom, bool isTrue)
    {
        if (_truths[atom] is { } known)
            return known == isTrue;
        _truths[atom] = isTrue;
        _decided.Add(atom);
        foreach (var other in _atoms.Beside(atom))
            if (!IsOver && other != atom && _atoms.Follows(other, atom, isTrue, ref _steps) is { } truth && !Decide(other, truth))
                return false;
        return true;
    }

    /// <summary>Makes the choices that have one way left, until each has several; false when one has none.</summary>
    /// <param name="next">A choice with the fewest ways left; null when all are made.</param>
    private bool Propagate(out Choice? next)
    {
        int decided;
        do
        {
            (decided, next) = (_decided.Count, null);
            var fewest = int.MaxValue;
            for (var i = 0; i < _choices.Count && !IsOver; i++)
            {
                _steps++;
                if (_choices[i].IsMade || Holds(_choices[i]) is true)
                    continue;
                Demand[] open = [.. _choices[i].Demands.Where(demand => Holds(demand) is not false)];
                if (open.Length == 0 || (open.Length == 1 && !Require(open[0])))
                    return false;
                if (open.Length > 1 && open.Length < fewest)
                    (fewest, next) = (open.Length, _choices[i]);
            }
        }
        while (decided != _decided.Count && !IsOver);
        return true;
    }

    /// <summary>Null while that is not decided.</summary>
    private bool? Holds(Demand demand)
    {
        _steps++;
        return demand switch
        {
            Literal literal => _truths[literal.Atom] is { } truth ? truth == literal.IsTrue : null,
            All all => Holds(all.Demands, stop: false),
            Choice choice => Holds(choice.Demands, stop: true),
            _ => null,
        };
    }

    private bool? Holds(Demand[] demands, bool stop)
    {
        bool? all = !stop;
        foreach (var demand in demands)
            switch (Holds(demand))
            {
                case null:
                    all = null;
                    break;
                case var truth when truth == stop:
                    return stop;
            }
        return all;
    }

    private abstract class Demand;

    private sealed class Literal(int atom, bool isTrue) : Demand
    {
        public int Atom => atom;

        public bool IsTrue => isTrue;
    }

    private sealed class All(Demand[] demands) : Demand
    {
        public Demand[] Demands => demands;
    }

    private sealed class Choice(Demand[] demands) : Demand
    {
        public Demand[] Demands => demands;

        /// <summary>Whether it is among those that must be made.</summary>
        public bool IsListed { get; set; }

        /// <summary>Whether one of its ways is taken, though that may leave choices of its own.</summary>
        public bool IsMade { get; set; }
    }
}
