// What is typed and not sent yet, kept on this phone until it is.

import { phone } from "./kept.js";
import { field } from "./page.js";
import { keyField } from "./submission.js";

export function saveDraft() {
  const text = field("text").value;
  const draft = { text, district: field("district").value, topic: field("topic").value };
  phone.write("draft", text ? { ...draft, key: keyField().value } : null);
}

/** Put back what was typed before; tells whether there was anything to put back. */
export function restoreDraft() {
  const draft = phone.read("draft");
  if (!draft) return false;
  const typed = field("text").value;
  // What the server gave back, or the browser kept, is newer than the draft.
  if (typed && typed !== draft.text) return false;
  if (draft.key) keyField().value = draft.key;
  if (typed) return false;
  const { text = "", district = "", topic = "" } = draft;
  for (const [name, value] of Object.entries({ text, district, topic })) field(name).value = value;
  return true;
}
