// The matrix: a list of techniques for each tactic, built once for a domain and then only painted.

const STATES = { in: '', pre: 'PRE, measured apart', excluded: 'excluded', software: 'software, measured apart', out: 'out of scope', '': 'not used by the chosen actors' };

function buildMatrix(domain) {
  const root = element('div', { class: 'matrix', role: 'group', 'aria-labelledby': 'matrix-title', 'aria-describedby': 'matrix-help' });
  const columns = domain.tactics.map(tactic => buildColumn(domain, tactic)).filter(column => column.rows.length);
  root.append(...columns.map(column => column.root));
  const matrix = { root, columns, current: null };
  root.addEventListener('click', event => onClick(matrix, event));
  root.addEventListener('keydown', event => onKey(matrix, event));
  root.addEventListener('focusin', event => { if (event.target.matches('.cell')) makeCurrent(matrix, event.target); });
  return matrix;
}

function buildColumn(domain, tactic) {
  const tops = domain.techniques.filter(technique => !technique.parent && [technique, ...technique.subs].some(one => one.tactics.includes(tactic)));
  tops.sort((one, other) => one.name < other.name ? -1 : one.name > other.name ? 1 : one.at - other.at);
  const isPre = tops.every(technique => technique.isPre);
  const numbers = element('span', { class: 'numbers' });
  const id = `tactic-${domain.name}-${tactic.at}`;
  const head = element('h3', { id }, tactic.name, isPre ? element('span', { class: 'tag' }, data.isPreApart ? 'PRE, apart' : 'PRE') : null, numbers);
  const list = element('ul', { 'aria-labelledby': id });
  const root = element('section', { class: isPre ? 'column pre' : 'column' }, head, list);
  const rows = tops.map(technique => buildRow(technique, tactic, list));
  return { tactic, root, numbers, rows, isPre };
}

function buildRow(technique, tactic, list) {
  const cell = buildCell(technique);
  const subs = technique.subs.filter(sub => sub.tactics.includes(tactic)).map(sub => ({ technique: sub, ...buildCell(sub) }));
  const item = element('li', {}, element('div', { class: 'pair' }, cell.button));
  const row = { technique, ...cell, item, subs, opener: null, inner: null, isOpen: false };
  if (subs.length) {
    row.count = element('span', {});
    row.opener = element('button', { type: 'button', class: 'opener', 'aria-expanded': 'false', tabindex: '-1' }, row.count, spoken(`sub-techniques of ${technique.name}`));
    row.pips = element('span', { class: 'pips', 'aria-hidden': 'true' });
    row.inner = element('ul', { class: 'subs', 'aria-label': `Sub-techniques of ${technique.name}`, hidden: true });
    for (const sub of subs) {
      sub.item = element('li', {}, sub.button);
      row.inner.append(sub.item);
    }
    cell.button.append(row.pips);
    item.firstChild.append(row.opener);
    item.append(row.inner);
    row.opener.row = row;
  }
  cell.button.row = row;
  for (const sub of subs) sub.button.row = row;
  list.append(item);
  return row;
}

function buildCell(technique) {
  const button = element('button', { type: 'button', class: 'cell', tabindex: '-1' });
  const state = element('span', { class: 'sr' });
  const part = element('span', { class: 'part', 'aria-hidden': 'true' });
  const mark = pie(NONE);
  const isLive = flag();
  button.append(element('span', { class: 'id' }, mark, technique.id, isLive), foreign(technique.name, { class: 'name' }), part, state);
  button.technique = technique;
  return { button, state, part, mark, isLive };
}

function paintCell(cell, technique, measured) {
  const role = measured.roleOf(technique);
  const one = measured.cover(technique);
  const isMeasured = role !== '' && role !== 'out';
  const isAccepted = role === 'in' && measured.whole.in.get(technique).isAccepted;
  const standing = role !== 'in' ? `aside ${role || 'unused'}` : one.isCovered ? 'covered' : isAccepted ? 'gap accepted' : 'gap';
  cell.button.className = `cell ${isMeasured || one.level !== NONE ? LEVELS[one.level] : 'none'} ${standing}`;
  cell.mark.className = `pie ${LEVELS[one.level]}`;
  const isDeployed = has(one.proofs, DEPLOYED);
  cell.isLive.hidden = !isDeployed;
  cell.part.textContent = one.partial ? `${one.partial.covered} of ${one.partial.of}` : '';
  const words = [LEVELS[one.level], isDeployed ? 'deployed' : '', role !== 'in' ? STATES[role] : one.isCovered ? 'covered' : isAccepted ? 'accepted gap' : 'gap'];
  if (one.partial) words.push(`${one.partial.covered} of ${one.partial.of} sub-techniques covered`);
  cell.state.textContent = ` ${words.filter(word => word).join(', ')}`;
}

// filter: { tactic: position or -1, query: lower case, showsUnused, opensAll }
function paintMatrix(matrix, measured, filter) {
  const numbers = measured.numbers(measured.whole);
  const found = new Set();
  const isShown = technique => (filter.showsUnused || measured.roleOf(technique) !== '') && (filter.query === '' || words(technique).includes(filter.query));
  for (const column of matrix.columns) {
    const isWanted = filter.tactic < 0 || filter.tactic === column.tactic.at;
    let rows = 0;
    for (const row of isWanted ? column.rows : []) {
      const isOwn = isShown(row.technique) && (row.technique.tactics.includes(column.tactic));
      const subs = row.subs.filter(sub => {
        const isIn = isShown(sub.technique);
        sub.item.hidden = !isIn;
        if (isIn) paintCell(sub, sub.technique, measured);
        return isIn;
      });
      row.item.hidden = !isOwn && subs.length === 0;
      if (row.item.hidden) continue;
      rows++;
      if (isOwn) found.add(row.technique);
      for (const sub of subs) found.add(sub.technique);
      paintCell(row, row.technique, measured);
      if (row.opener) paintSubs(row, subs, measured, filter);
    }
    column.root.hidden = rows === 0;
    const covered = numbers.tactics[column.tactic.at];
    const pre = column.isPre && data.isPreApart ? [...measured.whole.pre.keys()].filter(technique => technique.tactics.includes(column.tactic)).map(measured.cover) : null;
    const shown = pre ? ratio(pre.filter(one => one.isCovered).length, pre.length) : covered;
    column.numbers.replaceChildren(element('span', {}, shown.total ? fraction(shown) : 'not used'), shown.total ? ` ${percent(shown)}` : '', bar([[`share ${LEVELS[measured.level]}`, shown.covered]], shown.total));
  }
  const cells = visibleCells(matrix.root);
  if (!cells.includes(matrix.current)) makeCurrent(matrix, cells[0] ?? null);
  return found.size;
}

function paintSubs(row, subs, measured, filter) {
  row.opener.hidden = subs.length === 0;
  row.count.textContent = `${subs.length} `;
  row.pips.replaceChildren(...subs.map(sub => {
    const one = measured.cover(sub.technique);
    return element('i', { class: `${LEVELS[one.level]} ${measured.roleOf(sub.technique) === 'in' && !one.isCovered ? 'gap' : ''}` });
  }));
  setOpen(row, subs.length > 0 && (row.isOpen || filter.opensAll || filter.query !== ''));
}

function setOpen(row, isOpen) {
  row.inner.hidden = !isOpen;
  row.opener.setAttribute('aria-expanded', isOpen);
}

function toggle(row, isOpen) {
  row.isOpen = isOpen;
  setOpen(row, isOpen);
}

const visibleCells = root => [...root.querySelectorAll('.cell')].filter(cell => cell.closest('[hidden]') === null);

// One cell and its opener are in the order of the tabulator; arrows move among the others.
function makeCurrent(matrix, cell) {
  const set = (one, value) => {
    one?.setAttribute('tabindex', value);
    if (one?.row.button === one) one.row.opener?.setAttribute('tabindex', value);
  };
  set(matrix.current, '-1');
  set(cell, '0');
  matrix.current = cell;
}

function onClick(matrix, event) {
  const opener = event.target.closest('.opener');
  const cell = event.target.closest('.cell');
  if (opener) toggle(opener.row, opener.getAttribute('aria-expanded') !== 'true');
  else if (cell) showTechnique(cell.technique, cell);
}

function onKey(matrix, event) {
  const cell = event.target.closest('.cell');
  if (!cell || event.ctrlKey || event.metaKey || event.altKey) return;
  const column = visibleCells(cell.closest('.column'));
  const at = column.indexOf(cell);
  const target = { ArrowDown: column[at + 1], ArrowUp: column[at - 1], Home: column[0], End: column.at(-1), ArrowRight: beside(matrix, cell, 1), ArrowLeft: beside(matrix, cell, -1) };
  if (event.key in target) {
    event.preventDefault();
    target[event.key]?.focus();
  } else if ((event.key === '+' || event.key === '-' || event.key === '−') && cell.row.opener) {
    event.preventDefault();
    toggle(cell.row, event.key === '+');
    if (event.key !== '+') cell.row.button.focus();
  }
}

// The cell at the same height in the next column that is shown.
function beside(matrix, cell, step) {
  const shown = matrix.columns.filter(column => !column.root.hidden);
  const next = shown[shown.findIndex(column => column.root.contains(cell)) + step];
  if (!next) return null;
  const { top } = cell.getBoundingClientRect();
  const distance = one => Math.abs(one.getBoundingClientRect().top - top);
  return visibleCells(next.root).reduce((best, one) => best === null || distance(one) < distance(best) ? one : best, null);
}
