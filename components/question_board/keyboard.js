// The keys of the desk: one set for everyone, shown in a sheet; and what each does.

const KEYS = {
  j: "down",
  k: "up",
  ArrowDown: "down",
  ArrowUp: "up",
  Enter: "open",
  " ": "select",
  a: "approve",
  q: "queue",
  x: "reject",
  m: "merge",
  e: "edit",
  t: "set_topic",
  d: "set_department",
  f: "flag",
  r: "restore",
  u: "undo",
  s: "stage",
  p: "pin",
  h: "hold",
  J: "later",
  K: "sooner",
  c: "note",
  l: "prepare",
  v: "arm",
  "Ctrl+Enter": "fire",
  ".": "dark",
  w: "scenes",
  i: "split",
  y: "accept",
  g: "go",
  o: "alerts",
  n: "arrivals",
  b: "batch",
  "/": "search",
  "?": "help",
  Escape: "close",
};
// In the sheet, in this order; the arrows do the same as j and k.
const SHOWN = Object.entries(KEYS).filter(([key]) => !key.startsWith("Arrow"));
const NAMES = { " ": "␣", Enter: "↵", Escape: "Esc", "Ctrl+Enter": "Ctrl ↵" };
// What the stage control does, wherever the focus is.
const OF_THE_STAGE = ["fire", "dark", "scenes"];

const isPlain = ({ ctrlKey, metaKey, altKey }) => !(ctrlKey || metaKey || altKey);

function nameOf(event) {
  if (isPlain(event)) return KEYS[event.key] ?? KEYS[event.key.toLowerCase()];
  return event.altKey ? null : KEYS[`Ctrl+${event.key}`];
}

// Tell the stage control what is wanted of the screens.
function tellStage(name, number = null) {
  document.dispatchEvent(new CustomEvent("dialogue-stage", { detail: { name, number } }));
}

function isTyping(event) {
  const target = event.composedPath()[0];
  return target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]");
}

// Where the last key went as text, and when. What is typed on after the field has gone, and not by
// its person's doing, is no command.
const TYPED_ON_WITHIN = 1000;
let field = null;
let typedAt = 0;
document.addEventListener("pointerdown", () => (field = null), true);

function noteTyping(event) {
  const isLeft = ["Escape", "Enter", "Tab"].includes(event.key);
  field = isLeft ? null : event.composedPath()[0];
  typedAt = event.timeStamp;
}

function isTypedOn(event) {
  if (!field) return false;
  const goesOn = event.timeStamp - typedAt < TYPED_ON_WITHIN;
  typedAt = event.timeStamp;
  if (!goesOn) field = null;
  return goesOn;
}

// The lists that hear keys; one at a time has them, the inbox at first.
const listening = [];
let taken = null;

const atHand = () => (listening.includes(taken) ? taken : listening.find((each) => each.data.inbox));
const next = (board) => listening[(listening.indexOf(board) + 1) % listening.length];

function takeUp(board) {
  if (!board.hasKeys() || taken === board) return;
  taken = board;
  for (const each of listening) each.draw();
}

// Let a board hear the keys that are pressed anywhere but in a field, while it is at hand.
function listen(board) {
  listening.push(board);
  const hear = (event) => {
    if (atHand() !== board) return;
    if (event.isComposing) return;
    if (board.root.querySelector("dialog[open]")) return;
    if (event.composedPath().some((each) => each.localName === "dialog")) return;
    if (isTyping(event)) {
      noteTyping(event);
      if (event.key === "Escape" && board.menu) board.forms.close();
      return;
    }
    const isText = event.key.length === 1 && isPlain(event);
    if (isText && isTypedOn(event)) board.cursor.lose();
    else if (board.menu) {
      if (!hearMenu(event, board)) return;
    } else {
      const name = nameOf(event);
      // Space and Enter belong to the button that has the focus.
      const pressed = event.composedPath()[0];
      const onButton = pressed instanceof HTMLElement && pressed.closest("button, a, summary, [role]");
      if (!name || (onButton && ["open", "select"].includes(name))) return;
      if (onButton && event.key.startsWith("Arrow")) return;
      press(name, board);
    }
    event.preventDefault();
    // The framework has keys of its own, such as r.
    event.stopImmediatePropagation();
  };
  document.addEventListener("keydown", hear, true);
  return () => {
    document.removeEventListener("keydown", hear, true);
    listening.splice(listening.indexOf(board), 1);
  };
}

// While something is to be chosen or typed, keys belong to that: digits and arrows choose, and
// nothing else is a command. Returns whether the key is used up.
function hearMenu(event, board) {
  const { key } = event;
  const choices = [...board.root.querySelectorAll(".menu .choice")];
  const focused = board.root.getRootNode().activeElement;
  if (key === "Escape") board.forms.close();
  else if (isPlain(event) && /^[1-9]$/.test(key)) choices[key - 1]?.click();
  else if (key.startsWith("Arrow") && choices.length) {
    const step = ["ArrowDown", "ArrowRight"].includes(key) ? 1 : -1;
    const place = choices.indexOf(focused);
    const next = place < 0 && step < 0 ? -1 : place + step;
    choices.at(next % choices.length).focus();
  } else if (key === "Enter" || key === " ") return !focused?.closest("button");
  else return key.length === 1 && isPlain(event);
  return true;
}

function drawHelp(labels) {
  const sheet = element("dialog", "help");
  sheet.append(element("h2", "", labels.help));
  const list = element("dl");
  for (const [key, name] of SHOWN) {
    const keys = element("dt");
    keys.append(element("kbd", "", NAMES[key] ?? key));
    list.append(keys, element("dd", "", labels[`key_${name}`] ?? labels[name]));
  }
  const close = button("close", labels.close, () => sheet.close());
  sheet.append(list, close);
  return sheet;
}

// What a key says. Names of actions are done to the selection, or to the question at hand.
function press(name, board) {
  const { order, cursor, commands } = board;
  const place = order.indexOf(cursor.number);
  switch (name) {
    case "down":
      return cursor.moveTo(order[Math.min(place + 1, order.length - 1)]);
    case "up":
      return cursor.moveTo(order[Math.max(place - 1, 0)]);
    case "open":
      return board.forms.toggle();
    case "select":
      return cursor.number === null ? null : select(cursor.number, board);
    case "undo":
      return commands.undo();
    case "arrivals":
      return board.arrangement.takeIn();
    case "batch":
      return board.signal("batch", null);
    case "search":
      return document.querySelector(".st-key-words input")?.focus();
    case "go":
      return goToNext(board);
    case "alerts":
      return board.toggleAlerts();
    case "help":
      return showHelp(board);
    case "close":
      return board.forms.close();
    default:
      if (OF_THE_STAGE.includes(name)) return tellStage(name);
      return cursor.mayAct() ? actOn(name, board) : null;
  }
}

function actOn(name, board) {
  const { commands, cursor } = board;
  switch (name) {
    case "later":
    case "sooner":
      return commands.moveBy(name === "later" ? 1 : -1, board.rows.get(cursor.number));
    case "accept":
      return commands.accept(targets(board));
    case "arm":
      return commands.arm(targets(board));
    default:
      return commands.begin(name, targets(board));
  }
}

// To the other list, and there to the question at hand or the first.
function goToNext(board) {
  const other = next(board);
  takeUp(other);
  const { order, cursor } = other;
  cursor.moveTo(order.includes(cursor.number) ? cursor.number : order[0]);
}

function showHelp(board) {
  const sheet = drawHelp(board.data.labels);
  sheet.onclose = () => sheet.remove();
  board.root.append(sheet);
  sheet.showModal();
}
