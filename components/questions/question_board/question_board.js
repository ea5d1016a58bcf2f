// Draws a list of an event's questions wherever the framework has a place for it.

import { element } from "../../elements.js";
import { unlessOvertaken } from "../../live/live_signal/ending.js";
import { Board } from "./board.js";

/** @type {WeakMap<HTMLElement, Board>} */
const boards = new WeakMap();

/** @param {HTMLElement} parent */
function begin(parent) {
  const root = element("div", "board");
  parent.append(root);
  const board = new Board(root);
  boards.set(parent, board);
  return board;
}

/** @param {Component<Uint8Array<ArrayBuffer>>} component */
export default function ({ data, parentElement, setTriggerValue }) {
  const board = boards.get(parentElement) ?? begin(parentElement);
  board.update(JSON.parse(new TextDecoder().decode(data)), setTriggerValue);
  // The framework may end a component and begin it anew in the same place: what was typed,
  // selected and not yet sent is still there then.
  return unlessOvertaken(parentElement, () => board.stop());
}
