// Draws one question. Text from people goes through textContent only.

const MAIN = ["queue", "stage", "answer", "restore"];
const MENUS = ["reject", "set_topic", "set_department", "edit", "merge"];
const LONG_TEXT = 420;

function element(kind, className, text) {
  const made = document.createElement(kind);
  if (className) made.className = className;
  if (text !== undefined && text !== null) made.textContent = text;
  return made;
}

function button(action, words, onPress, { disabled = false, key = null } = {}) {
  const made = element("button", MAIN.includes(action) ? "main" : "", words);
  made.type = "button";
  made.dataset.action = action;
  made.disabled = disabled;
  made.onclick = onPress;
  if (key) made.append(element("kbd", "", key));
  return made;
}

// "{count} new" with its values.
function fill(pattern, values) {
  return pattern.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

function age(at, now, language) {
  const format = new Intl.RelativeTimeFormat(language, { style: "narrow", numeric: "auto" });
  const minutes = Math.round((at - now) / 60);
  if (minutes > -60) return format.format(Math.min(minutes, 0), "minute");
  const hours = Math.round(minutes / 60);
  return hours > -48 ? format.format(hours, "hour") : format.format(Math.round(hours / 24), "day");
}

// The text with what seems to tell who somebody is marked. Places count characters, not units.
function markedText(text, details) {
  const characters = Array.from(text);
  const parts = document.createDocumentFragment();
  let from = 0;
  for (const [begin, end] of details) {
    parts.append(characters.slice(from, begin).join(""));
    parts.append(element("mark", "", characters.slice(begin, end).join("")));
    from = end;
  }
  parts.append(characters.slice(from).join(""));
  return parts;
}

// What the asker wrote against what the desk made of it, word by word.
function difference(before, after) {
  const old = before.match(/\S+\s*/g) ?? [];
  const now = after.match(/\S+\s*/g) ?? [];
  const common = Array.from({ length: old.length + 1 }, () => new Uint16Array(now.length + 1));
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = now.length - 1; j >= 0; j -= 1) {
      common[i][j] =
        old[i] === now[j]
          ? common[i + 1][j + 1] + 1
          : Math.max(common[i + 1][j], common[i][j + 1]);
    }
  }
  const parts = document.createDocumentFragment();
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      parts.append(old[i]);
      i += 1;
      j += 1;
    } else if (j >= now.length || (i < old.length && common[i + 1][j] >= common[i][j + 1])) {
      parts.append(element("del", "", old[i]));
      i += 1;
    } else {
      parts.append(element("ins", "", now[j]));
      j += 1;
    }
  }
  return parts;
}

function drawHead(row, board) {
  const head = element("div", "head");
  if (row.position) head.append(element("span", "position", row.position));
  head.append(element("span", "number", `#${row.number}`));
  if (row.flagged) head.append(element("span", "mark flag", board.data.labels.flagged));
  for (const each of row.marks) head.append(element("span", "mark", each));
  if (row.votes) head.append(element("span", "mark votes", `▲ ${row.votes}`));
  const { language } = board.data;
  head.append(element("span", "age", age(row.at, board.now(), language)));
  const others = row.holders.filter(
    ([account, , until]) => account !== board.data.inbox?.me && until > board.now(),
  );
  if (others.length) {
    const names = others.map(([, name]) => name).join(", ");
    head.append(element("span", "holders", fill(board.data.labels.holders, { names })));
  }
  return head;
}

function drawText(row, board, open) {
  const words = element("p", "text");
  words.append(markedText(row.text, row.details));
  words.classList.toggle("folded", !open && row.text.length > LONG_TEXT);
  return words;
}

// The questions that ask the same, by their numbers; their words show in the menu to merge.
function drawAlike(row, board) {
  const line = element("p", "alike");
  const named = row.alike.map(([number, percent]) => `#${number} (${percent} %)`).join(", ");
  line.textContent = fill(board.data.labels.alike, { numbers: named });
  return line;
}

// What shows only of an opened question: the code of the receipt, and what the asker wrote.
function drawMore(row, board) {
  const more = element("div", "more");
  more.append(element("p", "code", fill(board.data.labels.code, { code: row.code })));
  if (row.original) {
    more.append(element("p", "ask", board.data.labels.original));
    const shown = element("p", "original");
    shown.append(difference(row.original, row.text));
    more.append(shown);
  }
  return more;
}

// The buttons that act on the question or, in the bar above the list, on all that are selected.
function drawActions(actions, board, { busy, rows }) {
  const bar = element("div", "actions");
  for (const action of actions) {
    if (action === "move") bar.append(...drawMoves(rows[0], board, busy));
    else {
      const press = () => board.begin(action, rows);
      bar.append(button(action, board.data.labels[action], press, { disabled: busy }));
    }
  }
  return bar;
}

function drawMoves(row, board, busy) {
  const last = board.data.rows.length;
  const move = (name, sign, position) => {
    const disabled = busy || position < 1 || position > last || position === row.position;
    const press = () => board.send([row], { action: "move", position });
    const made = button(name, sign, press, { disabled });
    made.title = board.data.labels[name];
    made.setAttribute("aria-label", board.data.labels[name]);
    return made;
  };
  return [
    move("first", "⤒", 1),
    move("up", "↑", row.position - 1),
    move("down", "↓", row.position + 1),
  ];
}

// What an action still needs to know before it is done.
function drawMenu(action, rows, board) {
  const menu = element("div", "actions menu");
  menu.append(element("span", "ask", board.data.labels[`ask_${action}`]));
  if (action === "edit") menu.append(...editField(rows[0], board));
  else if (action === "merge") menu.append(...mergeField(rows, board));
  else menu.append(...options(action, rows, board));
  menu.append(button("cancel", board.data.labels.cancel, () => board.close(), { key: "Esc" }));
  return menu;
}

function options(action, rows, board) {
  const { reasons, topics, departments } = board.data.choices;
  if (action === "reject") {
    return choiceButtons(reasons, "reason", (reason) => board.send(rows, { action, reason }));
  }
  const choices = action === "set_topic" ? topics : departments;
  const none = [[null, board.data.labels.none]];
  return choiceButtons([...choices, ...none], "entry", (entry) =>
    board.send(rows, { action, entry }),
  );
}

function choiceButtons(choices, name, onChoice) {
  return choices.map(([code, words], index) =>
    button(`${name}-${code}`, words, () => onChoice(code), {
      key: index < 9 ? String(index + 1) : null,
    }),
  );
}

function editField(row, board) {
  const field = element("textarea", "edit");
  field.value = row.text;
  field.rows = Math.min(10, Math.max(3, Math.ceil(row.text.length / 70)));
  field.maxLength = 1000;
  field.setAttribute("aria-label", board.data.labels.ask_edit);
  const save = () => board.send([row], { action: "edit", text: field.value });
  field.onkeydown = (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) save();
  };
  return [field, button("save", board.data.labels.save, save, { key: "Ctrl ↵" })];
}

function mergeField(rows, board) {
  const field = element("input", "into");
  field.inputMode = "numeric";
  field.size = 8;
  field.setAttribute("aria-label", board.data.labels.ask_merge);
  const merge = () => {
    const into = Number.parseInt(field.value.replace("#", ""), 10);
    if (into > 0) board.send(rows, { action: "merge", into });
  };
  field.onkeydown = (event) => {
    if (event.key === "Enter") merge();
  };
  const alike = rows.length > 1 ? [] : rows[0].alike;
  const offered = alike.map(([number, percent, text, state], index) => {
    const words = `#${number} · ${percent} % · ${state} · ${text}`;
    const press = () => board.send(rows, { action: "merge", into: number });
    return button(`into-${number}`, words, press, { key: String(index + 1) });
  });
  for (const each of offered) each.classList.add("offered");
  return [...offered, field, button("merge-into", board.data.labels.merge, merge, { key: "↵" })];
}
