'use strict';

// What the page was written with, as objects that refer to each other. Tables are named in ReportDomain.cs and ReportTable.cs.
const data = JSON.parse(document.getElementById('data').textContent);

// The position is the bit of a proof in a set of them, and the level that is shown is the highest of the first five.
const LEVELS = ['none', 'claimed', 'deployable', 'tested', 'validated', 'deployed'];
const [NONE, CLAIMED, DEPLOYABLE, TESTED, VALIDATED, DEPLOYED] = LEVELS.keys();
// Those that a gate can ask for, in the order of outputs.
const PROOFS = [CLAIMED, DEPLOYABLE, DEPLOYED, TESTED, VALIDATED];

const text = at => at < 0 ? null : data.texts[at];
const rules = data.rules.map(([title, path, isCollected]) => ({ title, path, isCollected: isCollected === 1 }));

// What keeps a rule from being deployable keeps it from all that builds on it, and is then written alone.
function readClaim([rule, line, column, tag, proofs, set, ...lacks]) {
  const [obstacle, untested = obstacle, unvalidated = obstacle, undeployed = obstacle] = lacks.map(text);
  return { rule: rules[rule], line, column, tag: text(tag), proofs, set, obstacle, untested, unvalidated, undeployed };
}

function readUse(techniques, [technique, place, required = 0, weight = 1, accepted = 0, reason = -1, sources = []]) {
  return { technique: techniques[technique], place, isRequired: required === 1, weight, isAccepted: accepted === 1, reason: text(reason), sources: sources.map(text) };
}

function readDomain(raw) {
  const tactics = raw.tactics.map(([id, name], at) => ({ id, name, at }));
  const techniques = raw.techniques.map(([id, name, inTactics, set, , , logSources, collectedOn], at) => {
    const platforms = raw.sets[set].map(platform => raw.platforms[platform]);
    return {
      id, name, at, set, tactics: inTactics.filter(tactic => tactic >= 0).map(tactic => tactics[tactic]), firstTactic: inTactics.length ? inTactics[0] : Infinity, parent: null, subs: [],
      hasNoPlatform: platforms.length === 0 || (platforms.length === 1 && platforms[0] === 'None'),
      isPre: platforms.length === 1 && platforms[0] === 'PRE',
      platforms, logSources: logSources.map(text), collectedOn, claims: raw.claims[at].map(readClaim), words: null,
    };
  });
  raw.techniques.forEach(([, , , , parent, subs], at) => {
    techniques[at].parent = techniques[parent] ?? null;
    techniques[at].subs = subs.map(sub => techniques[sub]);
  });
  return {
    ...raw, tactics, techniques, byId: new Map(techniques.map(technique => [technique.id, technique])),
    actors: raw.actors.map(actor => ({ ...actor, uses: actor.uses.map(use => readUse(techniques, use)) })),
  };
}

const domains = data.domains.map(readDomain);

// What is searched in: the id, the name and the titles of the rules that are tagged with it.
function words(technique) {
  technique.words ??= [technique.id, technique.name, ...technique.claims.map(claim => claim.rule.title)].join('\n').toLowerCase();
  return technique.words;
}
