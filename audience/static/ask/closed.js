// A closed event has no form; what somebody had not sent by then is still theirs to copy.

import { mayRecover, post } from "./delivery.js";
import { phone, tab } from "./kept.js";
import { byId } from "./page.js";
import { goToReceipt } from "./receipt.js";

export async function startClosed() {
  const pending = tab.read("pending");
  const draft = pending ? pending.body : phone.read("draft");
  if (draft && draft.text && byId("kept").hidden) {
    byId("kept-text").textContent = draft.text;
    byId("kept").hidden = false;
  }
  if (!pending) return;
  try {
    // It may have arrived just before the end; then its key still gives the receipt.
    const answer = await post(pending.key, pending.body);
    if (answer.status === 201) goToReceipt(answer.body.code);
    if (!mayRecover(answer.status)) tab.write("pending", null);
  } catch {
    // Still no Wi-Fi; the next visit asks again.
  }
}
