// The measurement for one choice of actors, level and platforms. It is what Core's ProgramCoverage, TechniqueCoverage, Gap and Why compute; tests compare the two.
// choice: { actors: positions, all where empty; level; platforms: positions, all in scope where empty }

const ratio = (covered, total) => ({ covered, total });
const percent = ({ covered, total }) => {
  if (total === 0) return 'n/a';
  const tenths = Math.floor(covered * 1000 / total);
  return `${Math.floor(tenths / 10)}.${tenths % 10}%`;
};
const fraction = ({ covered, total }) => `${covered}/${total}`;
const has = (proofs, level) => level === NONE || (proofs & 1 << level) !== 0;
const highest = proofs => Math.max(NONE, 31 - Math.clz32(proofs & ~(1 << DEPLOYED)));

function measure(domain, choice) {
  const { level } = choice;
  const chosen = choice.platforms.length ? choice.platforms : domain.isScoped ? domain.scope : null;
  const isInScope = platform => chosen === null || chosen.includes(platform) || domain.platforms[platform] === 'None' || (domain.platforms[platform] === 'PRE' && !data.isPreApart);
  const inScope = domain.sets.map(set => set.filter(isInScope));
  const isApart = technique => technique.isPre && data.isPreApart;
  const platformsOf = technique => isApart(technique) ? domain.sets[technique.set] : inScope[technique.set];
  const actors = (choice.actors.length ? choice.actors : [...domain.actors.keys()]).map(at => domain.actors[at]);
  const names = platforms => platforms.map(platform => domain.platforms[platform]);

  function memo(compute) {
    const known = new Map();
    return key => {
      let value = known.get(key);
      if (value === undefined) known.set(key, value = compute(key));
      return value;
    };
  }

  function claimOf(technique, claim) {
    const there = inScope[claim.set];
    const isOut = claim.proofs !== 0 && !technique.hasNoPlatform && there.length === 0 && !isApart(technique);
    const proofs = isOut ? 0 : claim.proofs;
    const obstacle = isOut ? `watches ${names(domain.sets[claim.set]).join(', ')}, which is not in scope` : claim.obstacle;
    const lacks = has(proofs, level) ? null : obstacle ?? (level === VALIDATED ? claim.unvalidated : level === DEPLOYED ? claim.undeployed : claim.untested);
    return {
      ...claim, technique, proofs, level: highest(proofs), lacks, next: lacks === null ? claim.untested ?? claim.unvalidated : null,
      platforms: proofs === 0 ? [] : there.length ? there : domain.sets[claim.set],
    };
  }

  // The best first; they come by path and line.
  const claimsOn = memo(technique => technique.claims.map(claim => claimOf(technique, claim)).sort((one, other) => other.level - one.level));
  const reached = memo(technique => claimsOn(technique).reduce((proofs, claim) => proofs | claim.proofs, 0));
  const platformsAt = memo(technique => new Set(claimsOn(technique).filter(claim => has(claim.proofs, level)).flatMap(claim => claim.platforms)));
  const isEnough = proof => data.isLenient && (proof === CLAIMED || proof === DEPLOYABLE);

  const cover = memo(technique => {
    const subs = technique.subs.filter(sub => sub.hasNoPlatform || inScope[sub.set].length > 0 || technique.isPre);
    const reaching = proof => subs.filter(sub => has(reached(sub), proof)).length;
    const rollsUp = proof => reaching(proof) > 0 && (isEnough(proof) || reaching(proof) === subs.length);
    const proofs = PROOFS.filter(proof => has(reached(technique), proof) || rollsUp(proof)).reduce((set, proof) => set | 1 << proof, 0);
    const isCovered = has(proofs, level);
    const platforms = new Set(platformsAt(technique));
    const scoped = platformsOf(technique);
    if (rollsUp(level))
      for (const platform of scoped) {
        const there = subs.filter(sub => domain.sets[sub.set].includes(platform));
        const covers = sub => platformsAt(sub).has(platform);
        if (there.length && (isEnough(level) ? there.some(covers) : there.every(covers))) platforms.add(platform);
      }
    const covered = reaching(level);
    return { technique, proofs, isCovered, level: highest(proofs), scoped, platforms: scoped.filter(platform => platforms.has(platform)), partial: !isCovered && covered > 0 ? { covered, of: subs.length } : null };
  });

  // 'in' counts; the others are apart or left out.
  function placeOf(use) {
    if (use.place === 4) return 'out';
    if (use.place === 1) return 'pre';
    if (!use.technique.hasNoPlatform && inScope[use.technique.set].length === 0) return use.place === 3 ? null : 'out';
    return { 0: 'in', 2: 'excluded', 3: 'software' }[use.place];
  }

  const scopeOf = memo(actor => {
    const scope = { name: actor.name, target: actor.target, in: new Map(), pre: new Map(), excluded: new Map(), software: new Map(), out: new Map() };
    for (const use of actor.uses) {
      const place = placeOf(use);
      if (place !== null) scope[place].set(use.technique, use);
    }
    return scope;
  });

  // One that an actor leaves out and another does not is in; one is accepted when all accept it.
  function union(scopes) {
    const merge = (part, but) => {
      const all = new Map();
      for (const scope of scopes)
        for (const [technique, use] of scope[part])
          if (!but?.has(technique)) {
            const known = all.get(technique);
            all.set(technique, known ? { ...known, isAccepted: known.isAccepted && use.isAccepted, isRequired: known.isRequired || use.isRequired } : use);
          }
      return new Map([...all].sort(([one], [other]) => one.at - other.at));
    };
    const all = merge('in');
    return { name: 'union', target: domain.target, in: all, pre: merge('pre'), excluded: merge('excluded', all), software: merge('software', all), out: merge('out') };
  }

  const scopes = actors.map(scopeOf);
  const whole = scopes.length === 1 ? scopes[0] : union(scopes);
  const coverages = scope => [...scope.in.keys()].map(cover);
  const ratioOf = techniques => ratio(techniques.filter(one => one.isCovered).length, techniques.length);
  const apart = part => ratioOf([...part.keys()].map(cover));

  const numbers = memo(scope => {
    const all = coverages(scope);
    const platforms = domain.platforms.map((name, platform) => {
      const there = all.filter(one => one.scoped.includes(platform));
      return { name, covered: ratio(there.filter(one => one.isCovered && one.platforms.includes(platform)).length, there.length) };
    }).filter(row => row.covered.total > 0);
    return {
      covered: ratioOf(all), withExclusions: ratioOf([...all, ...[...scope.excluded.keys()].map(cover)]), platforms,
      counts: LEVELS.map((_, proof) => all.filter(one => has(one.proofs, proof)).length),
      shown: LEVELS.map((_, shown) => all.filter(one => one.level === shown).length),
      partial: all.filter(one => one.partial).length, accepted: all.filter(one => !one.isCovered && scope.in.get(one.technique).isAccepted).length,
      tactics: domain.tactics.map(tactic => ratioOf(all.filter(one => one.technique.tactics.includes(tactic)))),
    };
  });

  const unownedOf = scope => domain.unowned.filter(platform => [scope.in, scope.excluded, scope.out].some(part => [...part.keys()].some(technique => domain.sets[technique.set].includes(platform))));

  // An actor's line, as every other output prints it.
  function line(scope) {
    const own = numbers(scope);
    const parts = [`${LEVELS[level]} ${fraction(own.covered)} (${percent(own.covered)})`];
    const add = (what, number) => { if (number > 0) parts.push(`${what} ${number}`); };
    if (scope.excluded.size) parts.push(`${fraction(own.withExclusions)} with exclusions`);
    if (own.platforms.length > 1) parts.push(own.platforms.map(row => `${row.name} ${fraction(row.covered)}`).join(', '));
    parts.push([CLAIMED, DEPLOYABLE, TESTED, VALIDATED, DEPLOYED].filter(proof => proof !== level).map(proof => `${LEVELS[proof]} ${own.counts[proof]}`).join(', '));
    add('partial', own.partial);
    add('accepted', own.accepted);
    if (scope.software.size) parts.push(`software ${fraction(apart(scope.software))} apart`);
    if (scope.pre.size) parts.push(`PRE ${fraction(apart(scope.pre))} apart`);
    add('out of scope', scope.out.size);
    const unowned = unownedOf(scope);
    if (unowned.length) parts.push(`platforms nobody owns: ${names(unowned).join(', ')}`);
    if (!data.hasInventory && level !== CLAIMED) parts.push('telemetry unknown');
    parts.push(`${domain.release}, ${data.isLenient ? 'lenient' : 'strict'}`);
    return `${scope.name}: ${parts.join('; ')}`;
  }

  const neighbours = technique => technique.parent ? [technique, technique.parent] : [technique, ...technique.subs];
  const near = technique => neighbours(technique).flatMap(claimsOn);

  function gapOf(one) {
    const { technique } = one;
    const users = scopes.filter(scope => scope.in.has(technique));
    const own = users.map(scope => scope.in.get(technique));
    const use = whole.in.get(technique);
    const claims = near(technique);
    const isShown = technique.collectedOn.some(platform => platform < 0 || one.scoped.includes(platform));
    const isCollected = data.hasInventory ? isShown || claimsOn(technique).some(claim => claim.level !== NONE && claim.rule.isCollected) : null;
    const isUsedByMany = users.length >= Math.min(2, scopes.length) && users.length * 2 >= scopes.length;
    const isRequired = own.some(each => each.isRequired);
    const priority = use.isAccepted ? 'low' : isRequired || (isUsedByMany && isCollected !== false) ? 'high' : isUsedByMany || isCollected === true ? 'medium' : 'low';
    const gravest = Math.max(0, ...domain.assets.filter(([, set]) => domain.sets[set].some(platform => one.scoped.includes(platform))).map(([criticality]) => criticality));
    const [nearest] = claims;
    return {
      ...one, priority, isRequired, isAccepted: use.isAccepted, users: users.map(scope => scope.name), gravest, isCollected, nearest, weight: own.reduce((sum, each) => sum + each.weight, 0),
      lacks: nearest ? nearest.lacks ?? (nearest.technique === technique ? "is below the gate's level" : `is tagged ${nearest.technique.id} only`) : null,
    };
  }

  // In the order of closing them.
  const gaps = memo(() => coverages(whole).filter(one => !one.isCovered).map(gapOf).sort((one, other) =>
    one.isAccepted - other.isAccepted || other.isRequired - one.isRequired || other.weight - one.weight || other.gravest - one.gravest || (other.isCollected === true) - (one.isCollected === true)
    || (one.technique.firstTactic < other.technique.firstTactic ? -1 : one.technique.firstTactic > other.technique.firstTactic ? 1 : one.technique.at - other.technique.at)));

  function stateOf(scope, technique) {
    const one = cover(technique);
    const use = scope.in.get(technique) ?? scope.pre.get(technique) ?? scope.excluded.get(technique);
    const level = LEVELS[one.level];
    if (use.isAccepted && !one.isCovered) return `${level}, accepted${use.reason === null ? '' : `: ${use.reason}`}`;
    if (scope.excluded.has(technique)) return `${level}, excluded`;
    if (one.partial) return `partial, ${one.partial.covered} of ${one.partial.of} sub-techniques`;
    if (one.platforms.length === 0) return level;
    const missing = one.scoped.filter(platform => !one.platforms.includes(platform));
    return `${level} on ${names(one.platforms).join(', ')}${missing.length ? `, not on ${names(missing).join(', ')}` : ''}`;
  }

  // What 'merlon why' says.
  function why(technique) {
    const users = scopes.filter(scope => scope.in.has(technique) || scope.pre.has(technique) || scope.excluded.has(technique))
      .map(scope => ({ name: scope.name, sources: (scope.in.get(technique) ?? scope.pre.get(technique) ?? scope.excluded.get(technique)).sources, state: stateOf(scope, technique) }));
    const own = claimsOn(technique);
    const lacks = own.some(claim => has(claim.proofs, level)) ? [] : [...new Set(own.map(claim => claim.lacks).filter(lack => lack !== null))];
    const open = lacks.length ? coverages(whole).filter(one => !one.isCovered && one.technique !== technique) : [];
    return {
      users, claims: near(technique).map(claim => ({ ...claim, note: claim.lacks ?? watched(claim) })), logSources: technique.logSources,
      others: domain.actors.filter(actor => !actors.includes(actor) && actor.uses.some(use => use.technique === technique)).map(actor => actor.name),
      remedies: lacks.map(lack => ({ lack, opens: open.filter(one => claimsOn(one.technique).some(claim => claim.lacks === lack)).map(one => one.technique) })),
    };
  }

  function watched(claim) {
    const parts = [...claim.platforms.length ? [`on ${names(claim.platforms).join(', ')}`] : [], ...claim.next === null ? [] : [claim.next]];
    return parts.length ? parts.join('; ') : null;
  }

  // Where a technique stands for the chosen actors; '' where none uses it.
  const roleOf = technique => ['in', 'pre', 'excluded', 'software', 'out'].find(part => whole[part].has(technique)) ?? '';

  return { scopes, whole, scopeOf, cover, numbers, line, gaps: () => gaps('all'), why, roleOf, names, level };
}
