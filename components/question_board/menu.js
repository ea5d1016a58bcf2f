// What an action still needs to know before it is done: a choice, some words, another question.

const MENUS = [
  "reject", "set_topic", "set_department", "edit", "merge", "split", "note", "prepare",
];
// What each field begins with. Questions end with a question mark: a place to split.
const WRITTEN = {
  edit: (row) => row.text,
  note: (row) => row.note ?? "",
  prepare: (row) => row.prepared ?? "",
  split: (row) => row.text.replace(/([?!])\s+(?=\S)/g, "$1\n\n"),
};
const LONGEST_NOTE = 500;
const LONGEST_PART = 1000;
const MOST_PARTS = 6;

const partsOf = (text) =>
  text
    .split(/\n\s*\n/)
    .map((each) => each.trim())
    .filter(Boolean);

function drawMenu(action, rows, board) {
  const menu = element("div", "actions menu");
  menu.tabIndex = -1;
  menu.setAttribute("role", "group");
  menu.setAttribute("aria-label", board.data.labels[`ask_${action}`]);
  menu.append(element("span", "ask", board.data.labels[`ask_${action}`]));
  if (action in WRITTEN) menu.append(...writtenField(action, rows[0], board));
  else if (action === "merge") menu.append(...mergeField(rows, board));
  else menu.append(...options(action, rows, board));
  menu.append(button("cancel", board.data.labels.cancel, () => board.forms.close(), { key: "Esc" }));
  menu.append(element("div", "ways"));
  return menu;
}

function options(action, rows, board) {
  const { reasons, topics, departments } = board.data.choices;
  if (action === "reject") {
    return choiceButtons(reasons, "reason", (reason) => board.commands.send(rows, { action, reason }));
  }
  const choices = action === "set_topic" ? topics : departments;
  const none = [[null, board.data.labels.none]];
  return choiceButtons([...choices, ...none], "entry", (entry) =>
    board.commands.send(rows, { action, entry }),
  );
}

function choiceButtons(choices, name, onChoice) {
  return choices.map(([code, words], index) =>
    choiceButton(`${name}-${code}`, words, () => onChoice(code), index),
  );
}

function choiceButton(name, words, onChoice, index) {
  const made = button(name, words, onChoice, { key: index < 9 ? String(index + 1) : null });
  made.classList.add("choice");
  return made;
}

function writtenField(action, row, board) {
  const field = element("textarea", "edit");
  field.value = board.forms.drafts.of(row.number, action)?.text ?? WRITTEN[action](row);
  field.rows = Math.min(10, Math.max(3, Math.ceil(field.value.length / 70)));
  field.maxLength = { edit: LONGEST_PART, split: LONGEST_PART * MOST_PARTS }[action] ?? LONGEST_NOTE;
  field.setAttribute("aria-label", board.data.labels[`ask_${action}`]);
  const said = () =>
    action === "split" ? { parts: partsOf(field.value) } : { text: field.value };
  const save = () => saving.disabled || board.commands.send([row], { action, ...said() });
  field.onkeydown = (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) save();
  };
  const saving = button("save", board.data.labels.save, save, { key: "Ctrl ↵" });
  field.addEventListener("input", () => board.forms.keepTyped(field.value));
  return action === "split" ? [field, saving, partsCount(field, saving, board)] : [field, saving];
}

function partsCount(field, saving, board) {
  const shown = element("span", "parts");
  field.oninput = () => {
    const count = partsOf(field.value).length;
    shown.textContent = fill(board.data.labels.parts, { count });
    saving.disabled = count < 2 || count > MOST_PARTS;
  };
  field.oninput();
  return shown;
}

function mergeField(rows, board) {
  const field = element("input", "into");
  field.inputMode = "numeric";
  field.size = 8;
  field.maxLength = 9;
  field.setAttribute("aria-label", board.data.labels.ask_merge);
  const merge = () => {
    const into = Number.parseInt(field.value.replace("#", ""), 10);
    if (into > 0) board.commands.send(rows, { action: "merge", into });
  };
  field.onkeydown = (event) => {
    if (event.key === "Enter") merge();
  };
  const alike = rows.length > 1 ? [] : rows[0].alike;
  const offered = alike.map(([number, percent, text, state], index) => {
    const words = `#${number} · ${percent} % · ${state} · ${text}`;
    const press = () => board.commands.send(rows, { action: "merge", into: number });
    return choiceButton(`into-${number}`, words, press, index);
  });
  for (const each of offered) each.classList.add("offered");
  return [...offered, field, button("merge-into", board.data.labels.merge, merge, { key: "↵" })];
}
