// Draws one question. Text from people goes through textContent only.

const MAIN = ["queue", "stage", "answer", "restore"];
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

// To make one takes longer than to draw the rest of a row.
const AGES = {};

function age(at, now, language) {
  const how = { style: "narrow", numeric: "auto" };
  const format = (AGES[language] ??= new Intl.RelativeTimeFormat(language, how));
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
  if (board.canDrag(row)) head.append(drawGrip(row, board));
  if (row.position) head.append(element("span", "position", row.position));
  head.append(element("span", "number", `#${row.number}`));
  const { labels, language } = board.data;
  for (const each of ["flagged", "pinned", "held"]) {
    if (row[each]) head.append(element("span", `mark ${each}`, labels[each]));
  }
  if (board.data.armed === row.number) head.append(element("span", "mark armed", labels.armed));
  for (const each of row.marks) head.append(element("span", "mark", each));
  if (row.votes) head.append(element("span", "mark votes", `▲ ${row.votes}`));
  const minutes = board.expected(row);
  if (minutes !== null) {
    head.append(element("span", "mark expected", fill(labels.expected, { minutes })));
  }
  head.append(element("span", "age", age(row.at, board.now(), language)));
  const others = row.holders.filter(
    ([account, , until]) => account !== board.data.inbox?.me && until > board.now(),
  );
  if (others.length) {
    const names = others.map(([, name]) => name).join(", ");
    head.append(element("span", "holders", fill(labels.holders, { names })));
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
  const { labels, language } = board.data;
  line.textContent = fill(labels[row.unnamed ? "alike_more" : "alike"], {
    numbers: named,
    count: row.unnamed.toLocaleString(language),
  });
  return line;
}

// What the desk and the department have written for the chair.
function drawNotes(row, board) {
  return ["note", "prepare"].flatMap((action) => {
    const words = action === "note" ? row.note : row.prepared;
    if (!words) return [];
    const line = element("p", "note");
    line.append(element("strong", "", `${board.data.labels[action]}: `), words);
    return [line];
  });
}

// What seems to fit, to be accepted with one key.
function drawSuggested(row, board) {
  const line = element("p", "suggested", `${row.suggested[2]} `);
  const accept = () => board.commands.accept([row]);
  const disabled = board.commands.isBusy(row.number);
  line.append(button("accept", board.data.labels.accept, accept, { key: "y", disabled }));
  return line;
}

// What shows only of an opened question: the code of the receipt, what the asker wrote, and what
// was done.
function drawMore(row, board) {
  const more = element("div", "more");
  more.append(element("p", "code", fill(board.data.labels.code, { code: row.code })));
  if (row.original) {
    more.append(element("p", "ask", board.data.labels.original));
    const shown = element("p", "original");
    shown.append(difference(row.original, row.text));
    more.append(shown);
  }
  const [told, lines] = board.data.inbox?.history ?? [];
  if (told === row.number) {
    more.append(element("p", "ask", board.data.labels.history));
    const list = element("ul", "history");
    list.append(...lines.map((line) => element("li", "", line)));
    more.append(list);
  }
  return more;
}

// What was typed to a question and is neither sent nor open.
function drawDraft(row, action, board) {
  const { labels } = board.data;
  const name = labels[action].toLocaleLowerCase(board.data.language);
  const line = element("p", "draft", fill(labels.unsent, { action: name }));
  line.append(
    button("reopen", labels.reopen, () => board.forms.openMenu(action, row)),
    button("discard", labels.discard, () => board.forms.discard(row.number, action)),
  );
  return line;
}

// The buttons that act on the question or, in the bar above the list, on all that are selected.
function drawActions(actions, board, { busy, rows }) {
  const bar = element("div", "actions");
  for (const action of actions) {
    if (action === "move") bar.append(...drawMoves(rows[0], board, busy));
    else {
      const { commands } = board;
      const press = () => (action === "arm" ? commands.arm(rows) : commands.begin(action, rows));
      bar.append(button(action, board.data.labels[action], press, { disabled: busy }));
    }
  }
  return bar;
}

function drawMoves(row, board, busy) {
  const last = board.data.rows.length;
  const move = (name, sign, position) => {
    const disabled = busy || position < 1 || position > last || position === row.position;
    const press = () => board.commands.moveBy(position - row.position, row);
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
