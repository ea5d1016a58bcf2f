/**
 * Tell all components of the page.
 *
 * @template {keyof Announced} Name
 * @param {Name} name
 * @param {Announced[Name]} detail
 */
export function announce(name, detail) {
  document.dispatchEvent(new CustomEvent(name, { detail }));
}
