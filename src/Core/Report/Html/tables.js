// The tables below the matrix: gaps, and what changed since the base.

function buildGaps(measured) {
  const gaps = measured.gaps();
  const rows = gaps.map(gap => {
    const { technique } = gap;
    const row = element('tr', {},
      element('td', {}, element('span', { class: `priority ${gap.priority}` }, gap.priority), gap.isRequired ? element('span', { class: 'tag' }, 'required') : null, gap.isAccepted ? element('span', { class: 'tag' }, 'accepted') : null),
      element('th', { scope: 'row' }, link(technique), ' ', foreign(technique.name), gap.partial ? element('span', { class: 'tag' }, `${gap.partial.covered} of ${gap.partial.of}`) : null),
      element('td', {}, technique.tactics.map(tactic => tactic.name).join(', ')),
      element('td', {}, foreign(gap.users.join(', '))),
      element('td', {}, gap.nearest ? [foreign(gap.nearest.rule.title), element('code', {}, foreign(`${gap.nearest.rule.path}:${gap.nearest.line}`))] : element('span', { class: 'hint' }, 'none')),
      element('td', {}, gap.lacks === null ? 'a rule' : foreign(gap.lacks)));
    row.technique = technique;
    return row;
  });
  return rows;
}

const GAP_COLUMNS = ['Priority', 'Technique', 'Tactics', 'Actors', 'Nearest rule', 'What it lacks'];

function gapTable(rows) {
  return element('table', {}, element('thead', {}, element('tr', {}, ...GAP_COLUMNS.map(column => element('th', { scope: 'col' }, column)))), element('tbody', {}, ...rows));
}

const CHANGES = [['lost', 'Lost'], ['lowered', 'Lowered'], ['gained', 'Gained']];

// isWanted: whether an actor of this name is looked at
function buildDelta(domain, isWanted) {
  const { delta } = data;
  if (!delta.hasBase) return [element('p', {}, 'No base to compare with: ', foreign(delta.compared), '.')];
  const isOwn = change => change.domain === domain.name && change.actors.some(isWanted);
  const actors = delta.actors.filter(([name, actor]) => name === domain.name && (actor === 'union' || isWanted(actor)));
  const counts = CHANGES.map(([key, title]) => ({ title, changes: delta[key].filter(isOwn) }));
  return [
    element('p', {}, 'Compared: ', foreign(delta.compared), `. What is lost and gained is told at ${LEVELS[data.level]}, the level of the program; platforms and tactics are not filtered here.`),
    actors.length ? element('table', { class: 'narrow' }, element('thead', {}, element('tr', {}, ...['Actor', 'Base', 'Now', 'Change'].map(column => element('th', { scope: 'col' }, column)))),
      element('tbody', {}, ...actors.map(([, actor, base, head, change]) => element('tr', {}, element('th', { scope: 'row' }, foreign(actor)), element('td', {}, base), element('td', {}, head), element('td', {}, change || 'none'))))) : null,
    ...counts.flatMap(({ title, changes }) => [
      element('h3', { class: `change ${title.toLowerCase()}` }, title, element('span', { class: 'tag' }, String(changes.length))),
      changes.length ? element('ul', { class: 'items changes' }, ...changes.map(change => buildChange(domain, change))) : element('p', { class: 'hint' }, 'Nothing.'),
    ]),
    ...delta.others.length ? [element('h3', {}, 'Other changes of numbers'), element('ul', { class: 'items' }, ...delta.others.map(other => element('li', {}, foreign(other))))] : [],
  ].filter(child => child !== null);
}

function buildChange(domain, change) {
  const technique = domain.byId.get(change.technique);
  return element('li', {},
    technique ? link(technique) : change.technique, ' ', foreign(change.name, { class: 'strong' }),
    `: ${change.from} → ${change.to}${change.platforms.length ? ` on ${change.platforms.join(', ')}` : ''}${change.notes}; `, foreign(change.actors.join(', ')),
    element('ul', {}, ...change.changes.map(([title, place, cause, detail]) => element('li', {}, title ? foreign(title) : null, place ? element('code', {}, foreign(place)) : null, `${title || place ? ' ' : ''}${cause}${cause ? ': ' : ''}`, foreign(detail)))),
    change.restore ? element('p', { class: 'hint' }, 'Restore: ', foreign(change.restore)) : null);
}
