// The page: what is chosen, and what is drawn anew when that changes.

const start = () => ({ domain: 0, actors: [], level: data.level, platforms: [], tactic: -1, query: '', showsUnused: false, opensAll: false });
let chosen = start();
let measured = null;
let gapRows = [];
let cameFrom = null;
const matrices = new Map();

const domainNow = () => domains[chosen.domain];
const matrixNow = () => {
  if (!matrices.has(chosen.domain)) matrices.set(chosen.domain, buildMatrix(domainNow()));
  return matrices.get(chosen.domain);
};

// A group of chips: radio buttons or boxes, each [value, label].
function fillChips(fieldset, type, items, checked, onChange) {
  for (const chip of fieldset.querySelectorAll('label')) chip.remove();
  for (const [value, ...label] of items)
    fieldset.append(element('label', { class: 'chip' }, element('input', { type, name: fieldset.id, value, checked: checked(value) }), element('span', {}, ...label)));
  fieldset.onchange = () => onChange([...fieldset.querySelectorAll('input:checked')].map(input => Number(input.value)));
}

function fillSwitches() {
  const domain = domainNow();
  byId('domain-switch').hidden = domains.length < 2;
  fillChips(byId('domain-switch'), 'radio', domains.map((one, at) => [at, one.name]), value => value === chosen.domain, ([value]) => choose({ ...start(), level: chosen.level, actors: chosen.actors, domain: value }));
  fillChips(byId('level-switch'), 'radio', PROOFS.map(level => [level, level === DEPLOYED ? flag() : pie(level), LEVELS[level]]), value => value === chosen.level, ([level]) => choose({ level }));
  const inScope = domain.isScoped ? domain.scope : domain.platforms.map((_, at) => at).filter(at => !['None', 'PRE'].includes(domain.platforms[at]));
  fillChips(byId('platform-switch'), 'checkbox', inScope.map(at => [at, domain.platforms[at]]), value => chosen.platforms.includes(value), platforms => choose({ platforms }));
  byId('platform-switch').hidden = inScope.length < 2;
  byId('tactic').replaceChildren(element('option', { value: -1 }, 'All tactics'), ...domain.tactics.map(tactic => element('option', { value: tactic.at }, tactic.name)));
  byId('tactic').value = String(chosen.tactic);
  byId('search').value = chosen.query;
  byId('unused').checked = chosen.showsUnused;
  byId('open-all').setAttribute('aria-pressed', chosen.opensAll);
  byId('actors').replaceChildren(...domain.actors.map((actor, at) => element('label', { class: 'actor' },
    element('input', { type: 'checkbox', value: at, checked: chosen.actors.includes(at) }), element('span', { class: 'actor-face' }, foreign(actor.name, { class: 'strong' }), element('span', { class: 'actor-numbers' })))));
}

function paintSummary() {
  const { whole, level } = measured;
  const own = measured.numbers(whole);
  byId('percent').replaceChildren(percent(own.covered));
  const targets = whole.target >= 0 && level === data.level && chosen.platforms.length === 0 ? `, target ${whole.target}%` : '';
  byId('ratio').replaceChildren(foreign(whole.name === 'union' ? `${plural(measured.scopes.length, 'actor', 'actors')} together` : whole.name, { class: 'strong' }), `: ${fraction(own.covered)} techniques ${LEVELS[level]}${targets}`);
  const shown = [VALIDATED, TESTED, DEPLOYABLE, CLAIMED, NONE];
  byId('levels').replaceChildren(
    bar(shown.map(one => [`share ${LEVELS[one]}`, own.shown[one]]), own.covered.total, targets ? whole.target : -1),
    element('ul', { class: 'counts' }, ...shown.map(one => element('li', {}, pie(one), `${own.shown[one]} ${LEVELS[one]}`)), element('li', {}, flag(), `${own.counts[DEPLOYED]} deployed`), own.partial ? element('li', {}, `${own.partial} partial`) : null));
  domainNow().actors.forEach((actor, at) => {
    const scope = measured.scopeOf(actor);
    const numbers = measured.numbers(scope);
    byId('actors').children[at].querySelector('.actor-numbers').replaceChildren(`${percent(numbers.covered)} · ${fraction(numbers.covered)}`, bar([[`share ${LEVELS[level]}`, numbers.covered.covered]], numbers.covered.total, scope.target));
  });
  const lines = [...measured.scopes, ...measured.scopes.length > 1 ? [whole] : []].map(measured.line);
  byId('lines').replaceChildren(...lines.map(line => element('li', {}, foreign(line))));
}

function paintGaps() {
  const isShown = technique => (chosen.tactic < 0 || technique.tactics.includes(domainNow().tactics[chosen.tactic])) && (chosen.query === '' || words(technique).includes(chosen.query));
  let count = 0;
  for (const row of gapRows) {
    row.hidden = !isShown(row.technique);
    if (!row.hidden) count++;
  }
  byId('gaps').hidden = gapRows.length === 0;
  byId('gaps-title').replaceChildren('Gaps', element('span', { class: 'tag' }, count === gapRows.length ? String(count) : `${count} of ${gapRows.length}`));
}

// Numbers change with the domain, actors, level and platforms; the rest only hides.
function choose(change) {
  const isOther = change.domain !== undefined && change.domain !== chosen.domain;
  chosen = { ...chosen, ...change };
  if (isOther) showDomain();
  else if (['actors', 'level', 'platforms'].some(key => key in change)) paintAll();
  else paintFilters();
}

function showDomain() {
  fillSwitches();
  byId('matrix').replaceChildren(matrixNow().root);
  paintAll();
}

function paintAll() {
  measured = measure(domainNow(), chosen);
  paintSummary();
  gapRows = buildGaps(measured);
  byId('gaps').replaceChildren(gapTable(gapRows));
  const names = measured.scopes.map(scope => scope.name);
  byId('delta').replaceChildren(...buildDelta(domainNow(), name => chosen.actors.length === 0 || names.includes(name)));
  paintFilters();
  if (!byId('panel').hidden) openPanel(false);
}

function paintFilters() {
  const found = paintMatrix(matrixNow(), measured, chosen);
  paintGaps();
  byId('nothing').hidden = found > 0;
  const own = measured.numbers(measured.whole);
  byId('status').textContent = `${LEVELS[measured.level]} ${fraction(own.covered)} (${percent(own.covered)}); ${plural(found, 'technique', 'techniques')} shown`;
}

// The address decides which technique is open.
const techniqueInAddress = () => {
  const id = location.hash.slice(1).toUpperCase();
  const at = [chosen.domain, ...domains.keys()].find(domain => domains[domain].byId.has(id));
  return at === undefined ? null : { at, technique: domains[at].byId.get(id) };
};

function showTechnique(technique, from) {
  cameFrom = from;
  if (location.hash === `#${technique.id}`) openPanel(true);
  else location.hash = technique.id;
}

function setPanel(isOpen) {
  byId('panel').hidden = !isOpen;
  document.body.classList.toggle('has-panel', isOpen);
}

function openPanel(takesFocus) {
  const wanted = techniqueInAddress();
  const panel = byId('panel');
  document.querySelector('.cell[aria-current]')?.removeAttribute('aria-current');
  setPanel(wanted !== null);
  if (wanted === null) return;
  if (wanted.at !== chosen.domain) {
    choose({ ...start(), level: chosen.level, domain: wanted.at });
    setPanel(true);
  }
  panel.replaceChildren(...buildPanel(domainNow(), wanted.technique, measured));
  const cell = visibleCells(matrixNow().root).find(one => one.technique === wanted.technique);
  cell?.setAttribute('aria-current', 'true');
  if (takesFocus) {
    cell?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    panel.scrollTop = 0;
    byId('panel-title').focus({ preventScroll: true });
  }
}

function closePanel() {
  setPanel(false);
  document.querySelector('.cell[aria-current]')?.removeAttribute('aria-current');
  history.replaceState(null, '', location.pathname + location.search);
  const back = cameFrom?.isConnected && cameFrom.closest('[hidden]') === null ? cameFrom : matrixNow().current;
  (back ?? byId('matrix-title')).focus();
  cameFrom = null;
}

function fillLegend() {
  const entry = (mark, word, what) => element('li', {}, mark, element('span', { class: 'strong' }, word), ` ${what}`);
  byId('legend').replaceChildren(
    entry(pie(NONE), 'none', 'no rule'), entry(pie(CLAIMED), 'claimed', 'a valid rule is tagged'), entry(pie(DEPLOYABLE), 'deployable', 'it may count, its log is collected'),
    entry(pie(TESTED), 'tested', 'its events match'), entry(pie(VALIDATED), 'validated', 'it alerted in an exercise'), entry(flag(), 'deployed', 'the SIEM runs it'),
    entry(element('span', { class: 'edge covered', 'aria-hidden': 'true' }), 'solid edge', 'covered'), entry(element('span', { class: 'edge gap', 'aria-hidden': 'true' }), 'striped edge', 'gap'));
}

function fillHead() {
  byId('title').replaceChildren(foreign(data.title));
  byId('facts').replaceChildren(foreign(data.program), ` · ${data.date} · `, foreign(domains.map(domain => domain.release).join(', ')), ` · ${LEVELS[data.level]}, ${data.isLenient ? 'lenient' : 'strict'}`);
  byId('form').textContent = data.isPrivate ? 'Private: shows every actor by name' : 'A map of blind spots: keep it among those who need it';
  byId('definition').replaceChildren(...data.definition.map(line => element('li', {}, line)));
  byId('foot').replaceChildren(element('p', {}, `Made by ${data.tool}. ${domains[0]?.copyright ?? ''} MITRE ATT&CK® and ATT&CK® are registered trademarks of The MITRE Corporation.`));
  if (!data.hasActors) document.querySelector('.actors legend').replaceChildren('Actors ', element('span', { class: 'hint' }, 'the program has none: every technique of the release is measured'));
}

function listen() {
  byId('actors').onchange = () => choose({ actors: [...document.querySelectorAll('#actors input:checked')].map(input => Number(input.value)) });
  byId('tactic').onchange = event => choose({ tactic: Number(event.target.value) });
  byId('search').oninput = event => choose({ query: event.target.value.trim().toLowerCase() });
  byId('unused').onchange = event => choose({ showsUnused: event.target.checked });
  byId('open-all').onclick = () => {
    byId('open-all').setAttribute('aria-pressed', !chosen.opensAll);
    choose({ opensAll: !chosen.opensAll });
  };
  byId('reset').onclick = () => {
    chosen = { ...start(), domain: chosen.domain };
    showDomain();
  };
  byId('switches').onsubmit = event => event.preventDefault();
  byId('panel').onclick = event => { if (event.target.closest('.close')) closePanel(); };
  document.addEventListener('click', event => {
    const anchor = event.target.closest('a[href^="#"]');
    if (anchor && !byId('panel').contains(anchor)) cameFrom = anchor;
  });
  document.addEventListener('keydown', event => {
    if (event.key === 'Escape' && !byId('panel').hidden) closePanel();
  });
  window.addEventListener('hashchange', () => openPanel(true));
}

fillHead();
fillLegend();
listen();
showDomain();
openPanel(true);
