import assert from "node:assert/strict";
import { test } from "node:test";
import "./page.js";

const { Drafts } = await import("../../components/questions/question_board/drafts.js");

/**
 * @param {number} number
 * @param {"edit" | "note"} action
 */
const draft = (number, action) => ({ number, action, version: 1, text: "…", isOpen: true });

/** @param {string} slug */
function openDrafts(slug) {
  const drafts = new Drafts("inbox");
  drafts.open(slug);
  return drafts;
}

test("what is typed is there again in the same tab, event and list", () => {
  const drafts = openDrafts("one");
  drafts.keep(draft(7, "note"));
  drafts.keep(draft(8, "edit"));
  drafts.keep(draft(7, "note"));

  assert.deepEqual(openDrafts("one").last(), draft(7, "note"));
  assert.equal(openDrafts("another").last(), null);
});

test("what was put aside rests, and what was sent or thrown away is gone", () => {
  const drafts = openDrafts("two");
  drafts.keep(draft(7, "note"));
  drafts.keep(draft(7, "edit"));
  drafts.close(7, "edit");

  assert.deepEqual(drafts.last(), draft(7, "note"));
  assert.deepEqual(drafts.resting(7, "note"), ["edit"]);
  assert.deepEqual(drafts.resting(7, null), ["edit", "note"]);
  drafts.drop(7, "edit");
  assert.deepEqual(openDrafts("two").resting(7, null), ["note"]);
});
