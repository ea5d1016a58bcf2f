// Makes elements. Text from people goes through textContent only.

/**
 * @template {keyof HTMLElementTagNameMap} Kind
 * @param {Kind} kind
 * @param {string} [className]
 * @param {string | number | null} [text]
 * @returns {HTMLElementTagNameMap[Kind]}
 */
export function element(kind, className, text) {
  const made = document.createElement(kind);
  if (className) made.className = className;
  if (text !== undefined && text !== null) made.textContent = String(text);
  return made;
}

/**
 * @template {keyof HTMLElementTagNameMap} Kind
 * @param {Kind} kind
 * @param {string} className
 * @param {(Node | string)[]} inside
 */
export function around(kind, className, ...inside) {
  const made = element(kind, className);
  made.append(...inside);
  return made;
}

/**
 * "{count} new" with its values.
 *
 * @param {string} pattern
 * @param {Record<string, string | number | null | undefined>} values
 */
export function fill(pattern, values) {
  return pattern.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}
