// Menus of links: one is open at a time, over whatever stands below, and Escape closes it.

import { element } from "../../elements.js";

const GAP = 4;

export class Menus {
  /** @type {HTMLElement | null} */
  open = null;

  /**
   * @param {string} name
   * @param {HTMLElement[]} links
   * @param {string} kind
   */
  make(name, links, kind) {
    const menu = element("div", `menu ${kind}`);
    const button = element("button", "", name);
    button.type = "button";
    const panel = element("div", "panel");
    panel.append(...links);
    panel.popover = "auto";
    button.popoverTargetElement = panel;
    button.setAttribute("aria-haspopup", "true");
    button.setAttribute("aria-expanded", "false");
    panel.addEventListener("toggle", (event) => {
      const isOpen = event instanceof ToggleEvent && event.newState === "open";
      button.setAttribute("aria-expanded", String(isOpen));
      if (isOpen) {
        this.open = panel;
        place(panel, button);
      }
    });
    menu.append(button, panel);
    return menu;
  }

  close() {
    if (this.open?.isConnected) this.open.hidePopover();
    this.open = null;
  }
}

/**
 * Beneath its button, within the window.
 *
 * @param {HTMLElement} panel
 * @param {HTMLElement} button
 */
function place(panel, button) {
  const { left, bottom } = button.getBoundingClientRect();
  const most = document.documentElement.clientWidth - panel.offsetWidth - GAP;
  panel.style.left = `${Math.max(GAP, Math.min(left, most))}px`;
  panel.style.top = `${bottom + GAP}px`;
}
