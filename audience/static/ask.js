// The page is complete without this. What it adds: sending that survives bad Wi-Fi, a draft,
// the list of one's own questions, votes, and a board that follows the event. A phone is sent this
// and all that it imports as one file (`web/assets.py`).

import { startBoard } from "./ask/board.js";
import { startClosed } from "./ask/closed.js";
import { startForm } from "./ask/form.js";
import { find, page } from "./ask/page.js";
import { startReceipt } from "./ask/receipt.js";

if (page.code) {
  startReceipt(page.code);
} else {
  /** @type {HTMLFormElement | null} a closed event has none */
  const form = find("ask");
  if (form) startForm(form);
  else startClosed();
  startBoard();
}
