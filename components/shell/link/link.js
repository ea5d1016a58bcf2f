// Draws one link. The words are text, never markup, and the address is always on this site.

/** @import { Link } from "./messages.js" */

/** @param {Component<Link>} component */
export default function ({ data, parentElement }) {
  const link = parentElement.querySelector("a") ?? document.createElement("a");
  link.textContent = data.label;
  const { pathname, search } = new URL(data.path, window.location.origin);
  link.href = pathname + search;
  link.target = "_self";
  if (!link.isConnected) parentElement.append(link);
  if (data.now) window.location.replace(link.href);
}
