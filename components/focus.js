// What has the focus, also inside of the shadow trees that the framework makes.

/**
 * The tree that an element is in.
 *
 * @param {Element} element
 * @returns {Document | ShadowRoot}
 */
export function treeOf(element) {
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? root : element.ownerDocument;
}

/**
 * What has the focus in the tree that an element is in.
 *
 * @param {Element} element
 */
export function focusOf(element) {
  const focused = treeOf(element).activeElement;
  return focused instanceof HTMLElement ? focused : null;
}
