// Draws the strip. The words are text, never markup.

export default function ({ data, parentElement }) {
  const strip = parentElement.querySelector("p") ?? document.createElement("p");
  strip.textContent = data.words;
  strip.setAttribute("role", "note");
  if (!strip.isConnected) parentElement.append(strip);
}
