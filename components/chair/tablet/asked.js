// The question that is being asked, and those that come next. All text is text, never markup.

import { around, element } from "../../elements.js";
import { drawWords } from "../../scenes/stage/drawing.js";

/** @import { ChairQuestion, ChairView, Labels } from "./messages.js" */

/** @param {Pick<ChairQuestion, "number" | "marks">} asked */
function drawHead({ number, marks }) {
  const facts = marks.map((each) => element("span", "mark", each));
  return around("p", "head", element("strong", "number", `#${number}`), ...facts);
}

/**
 * What is not written or not set leaves no line.
 *
 * @param {ChairQuestion} asked
 * @param {Labels} labels
 */
function drawAsides({ answers, note, prepared }, labels) {
  const asides = [
    { name: "answers", label: labels.answers, words: answers },
    { name: "note", label: labels.note, words: note },
    { name: "prepared", label: labels.prepared, words: prepared },
  ];
  const written = asides.filter(({ words }) => words?.trim());
  return written.map(({ name, label, words }) =>
    around("p", `aside ${name}`, element("strong", "", label), element("span", "", words)),
  );
}

/**
 * @param {ChairQuestion} asked
 * @param {Labels} labels
 */
export function drawAsked(asked, labels) {
  const text = around("div", "room", drawWords("text", asked.text));
  const asides = drawAsides(asked, labels);
  const drawn = around("article", "asked", drawHead(asked), text);
  if (asides.length) drawn.append(around("div", "asides", ...asides));
  return drawn;
}

/** @param {ChairView} view */
export function drawEmptyStage({ coming, labels }) {
  const words = element("p", "", coming.length ? labels.waiting : labels.nothing);
  return around("article", "asked empty", element("p", "title", labels.no_question), words);
}

/**
 * Of what comes next a few words are enough, with where it is from and who will answer.
 *
 * @param {ChairView} view
 */
export function drawFollowing({ coming, labels }) {
  const rows = coming.map(({ number, marks, text, answers }) => {
    const head = drawHead({ number, marks: marks.slice(0, 1) });
    const row = around("li", "", head, element("p", "preview", text));
    if (answers?.trim()) row.append(element("p", "answers quiet", answers));
    return row;
  });
  const empty = rows.length ? [] : [element("p", "quiet", labels.next_none)];
  return [element("h2", "", labels.following), around("ol", "", ...rows), ...empty];
}
