// Draws one link. The words are text, never markup, and the address is always on this site.

export default function ({ data, parentElement }) {
  const link = parentElement.querySelector("a") ?? document.createElement("a");
  link.textContent = data.label;
  link.href = new URL(data.path, window.location.origin).pathname + new URL(data.path, window.location.origin).search;
  link.target = "_self";
  if (!link.isConnected) parentElement.append(link);
  if (data.now) window.location.replace(link.href);
}
