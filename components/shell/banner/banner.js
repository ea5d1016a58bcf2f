// Draws the strip, and tells the page its height: what stands at the foot of the window makes room.
// The words are text, never markup.

const HEIGHT = "--banner";

/** @import { Strip } from "./messages.js" */

/** @param {Component<Strip>} component */
export default function ({ data, parentElement }) {
  const strip = parentElement.querySelector("p") ?? document.createElement("p");
  strip.textContent = data.words;
  strip.setAttribute("role", "note");
  if (!strip.isConnected) parentElement.append(strip);
  const measured = new ResizeObserver(() => {
    document.documentElement.style.setProperty(HEIGHT, `${strip.offsetHeight}px`);
  });
  measured.observe(strip);
  return () => {
    measured.disconnect();
    document.documentElement.style.removeProperty(HEIGHT);
  };
}
