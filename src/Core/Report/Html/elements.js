// Elements are made and filled by their text only: nothing that a rule says is ever read as markup.

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes))
    if (value === true) made.setAttribute(key, '');
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, value);
  made.append(...children.flat().filter(child => child !== null && child !== undefined));
  return made;
}

const byId = id => document.getElementById(id);
const plural = (number, one, many) => `${number} ${number === 1 ? one : many}`;

// Text of others, which may be written from right to left, apart from what stands beside it.
const foreign = (value, attributes = {}) => element('bdi', attributes, value);
const spoken = value => element('span', { class: 'sr' }, value);
const pie = level => element('span', { class: `pie ${LEVELS[level]}`, 'aria-hidden': 'true' });
const flag = () => element('span', { class: 'flag', 'aria-hidden': 'true' });

// A bar of parts, each [class, share of all]; what it shows stands in words beside it.
function bar(parts, all, mark = -1) {
  const svg = (name, attributes) => {
    const made = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };
  const drawn = svg('svg', { class: 'bar', 'aria-hidden': 'true', width: '100%', height: '8' });
  let left = 0;
  for (const [kind, number] of parts) {
    const width = all === 0 ? 0 : 100 * number / all;
    if (width > 0) drawn.append(svg('rect', { class: kind, x: `${left}%`, width: `${width}%`, height: '8' }));
    left += width;
  }
  if (mark >= 0) drawn.append(svg('rect', { class: 'target', x: `${mark}%`, width: '2', height: '8' }));
  return drawn;
}

// A link to the panel of a technique, which stands in the address.
const link = technique => element('a', { href: `#${technique.id}` }, technique.id);
