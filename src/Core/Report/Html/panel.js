// What 'merlon why' says of one technique, beside the matrix. The technique stands in the address, so that it can be linked to.

function buildPanel(domain, technique, measured) {
  const why = measured.why(technique);
  const one = measured.cover(technique);
  const isOfMitre = /^T\d{4}(\.\d{3})?$/.test(technique.id);
  const role = measured.roleOf(technique);
  return [
    element('div', { class: 'panel-head' },
      element('h2', { id: 'panel-title', tabindex: '-1' }, element('span', { class: 'id' }, technique.id), ' ', foreign(technique.name)),
      element('button', { type: 'button', class: 'close', 'aria-label': 'Close' }, '×')),
    element('p', { class: 'facts' }, [domain.release, technique.tactics.map(tactic => tactic.name).join(', '), technique.platforms.join(', ')].filter(part => part).join(' · ')),
    element('p', { class: 'standing' },
      element('span', { class: `badge ${LEVELS[one.level]}` }, pie(one.level), LEVELS[one.level]),
      has(one.proofs, DEPLOYED) ? element('span', { class: 'badge' }, flag(), 'deployed') : null,
      one.partial ? element('span', { class: 'badge' }, `${one.partial.covered} of ${one.partial.of} sub-techniques`) : null,
      element('span', { class: `badge ${role === 'in' ? one.isCovered ? 'is-covered' : 'is-gap' : ''}` }, role === 'in' ? one.isCovered ? 'covered' : 'gap' : STATES[role])),
    ...part('Used by', why.users.map(user => [foreign(user.name, { class: 'strong' }), user.sources.length ? ` (from ${user.sources.join(', ')})` : null, ': ', foreign(user.state)]), 'None of the chosen actors uses it.'),
    why.others.length ? element('p', { class: 'hint' }, `Not chosen, and using it: ${why.others.join(', ')}.`) : null,
    ...part('Rules', why.claims.map(claim => ruleOf(claim, technique)), 'No rule is tagged with it, its parent or a sub-technique.'),
    ...why.remedies.length ? part('What would raise it', why.remedies.map(remedy => [foreign(remedy.lack), ...remedy.opens.length ? ['; ending that would open ', ...links(remedy.opens), ' too'] : []])) : [],
    ...why.logSources.length ? part('Analytics of the release read', why.logSources.map(source => [foreign(source)])) : [],
    isOfMitre ? element('p', {}, element('a', { href: `https://attack.mitre.org/techniques/${technique.id.replace('.', '/')}/`, rel: 'noreferrer', target: '_blank' }, `${technique.id} at attack.mitre.org`)) : null,
  ].filter(child => child !== null);
}

const links = techniques => techniques.flatMap((technique, at) => at === 0 ? [link(technique)] : [', ', link(technique)]);

function part(title, items, none) {
  const heading = element('h3', {}, title, items.length > 3 ? element('span', { class: 'tag' }, String(items.length)) : null);
  return [heading, items.length ? element('ul', { class: 'items' }, ...items.map(item => element('li', {}, ...item.filter(child => child !== null)))) : element('p', { class: 'hint' }, none)];
}

function ruleOf(claim, technique) {
  return [
    element('span', { class: `badge ${LEVELS[claim.level]}` }, pie(claim.level), LEVELS[claim.level]), ' ',
    has(claim.proofs, DEPLOYED) ? element('span', { class: 'badge' }, flag(), 'deployed') : null,
    foreign(claim.rule.title, { class: 'strong' }), claim.technique === technique ? null : element('span', { class: 'hint' }, ` tagged ${claim.tag}`),
    element('code', {}, foreign(`${claim.rule.path}:${claim.line}`)),
    claim.note === null ? null : element('span', { class: claim.lacks === null ? 'note' : 'note lack' }, foreign(claim.note)),
  ];
}
