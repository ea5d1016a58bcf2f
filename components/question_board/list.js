// Draws a list: its views, what waits above it, its questions, and the buttons for those that are
// selected. A change redraws what changed; neither focus nor scroll position is lost.

// What is rarely wanted shows only once a question is open.
const RARE = [
  ..."set_topic set_department flag merge split".split(" "),
  ..."pin unpin hold unhold note prepare".split(" "),
];

function drawList(board) {
  const { line, height, empty, title } = board.data;
  board.title.textContent = title;
  board.title.hidden = title === null;
  drawTabs(board);
  drawBulk(board);
  drawStrip(board);
  board.list.style.maxHeight = height ?? "";
  board.list.hidden = board.order.length === 0;
  board.empty.hidden = board.order.length > 0;
  board.empty.textContent = empty;
  board.root.classList.toggle("at-hand", board.hasKeys() && atHand() === board);
  if (line) board.notices.draw();
  // What is held by the pointer stays under it.
  if (board.dragging === null) drawRows(board);
}

function drawRows(board) {
  const { list, items, order } = board;
  const top = list.scrollTop;
  for (const [number, item] of items) {
    if (!order.includes(number)) {
      item.remove();
      items.delete(number);
    }
  }
  const drawn = { changed: new Set(), told: new Set(), opened: new Set() };
  order.forEach((number, index) => {
    const row = board.rows.get(number);
    const item = drawRow(row, drawn, board);
    drawBeside(item, row, board);
    if (list.children[index] !== item) list.insertBefore(item, list.children[index] ?? null);
  });
  drawEnd(board);
  if (top < 8) list.scrollTop = 0;
  board.hand.see(order, drawn);
}

// Where what is new waits for whoever has a hand on the list.
function drawStrip(board) {
  const { labels, inbox } = board.data;
  const { arrivals, isBehind } = board.arrangement;
  const count = inbox ? arrivals : 0;
  board.strip.classList.toggle("reserved", Boolean(inbox));
  board.pill.hidden = !count && !isBehind;
  board.pill.textContent = count ? fill(labels.arrivals, { count }) : labels.behind;
}

// How many more there are, at the end of those that are listed.
function drawEnd(board) {
  const { inbox, labels, rows, language } = board.data;
  const { end } = board;
  const total = inbox?.tabs.find(({ active }) => active)?.count ?? 0;
  const alive = board.order.filter((number) => board.latest.has(number)).length;
  const left = total - alive - board.arrangement.arrivals;
  const canShow = rows.length >= inbox?.length && inbox?.length < inbox?.most;
  const state = JSON.stringify([left, canShow, labels.left_over]);
  if (end.dataset.state === state && end.isConnected === left > 0) return;
  end.dataset.state = state;
  if (left <= 0) return void end.remove();
  const said = labels[canShow ? "left_over" : "find_others"];
  end.replaceChildren(fill(said, { count: left.toLocaleString(language) }));
  if (canShow) {
    end.append(button("more", labels.more, () => board.signal("more", inbox.length)));
  }
  board.list.append(end);
}

function drawTabs(board) {
  const tabs = board.data.inbox?.tabs ?? [];
  board.tabs.hidden = tabs.length === 0;
  board.tabs.replaceChildren(
    ...tabs.map(({ code, name, count, active }) => {
      const tab = button(`view-${code}`, `${name} `, () => board.turnTo(code));
      tab.append(element("span", "count", count.toLocaleString(board.data.language)));
      tab.setAttribute("aria-pressed", active);
      return tab;
    }),
  );
}

// With a selection, the buttons for all of it.
function drawBulk(board) {
  const { bulk } = board;
  const rows = board.selected.size ? targets(board) : [];
  bulk.hidden = rows.length === 0;
  if (bulk.hidden) return;
  const { labels } = board.data;
  const common = rows[0].actions.filter(
    (action) =>
      !["edit", "move"].includes(action) && rows.every((row) => row.actions.includes(action)),
  );
  const count = element("span", "ask", fill(labels.selected, { count: rows.length }));
  const menu = board.menu && drawMenu(board.menu.action, rows, board);
  const busy = rows.some((row) => board.commands.isBusy(row.number));
  bulk.replaceChildren(count, menu || drawActions(common, board, { busy, rows }));
  if (!menu) {
    const clear = button("clear", labels.clear, () => press("close", board), { key: "Esc" });
    bulk.lastChild.append(clear);
  }
}

// One row. `drawn` gathers what was drawn anew: the questions that others have changed, those of
// which anything else is told, and those that take another room because of what is open.
function drawRow(row, drawn, board) {
  const { number } = row;
  const item = board.items.get(number) ?? makeItem(number, board);
  const facts = factsOf(row, board);
  const { told, own, passing, form, menu } = facts;
  item.classList.toggle("cursor", board.cursor.number === number);
  const isSame = item.dataset.told === told && item.dataset.own === own;
  if (isSame && item.dataset.passing === passing) return item;
  if (TYPED.includes(menu) && item.dataset.form === form) return item;
  noteDrawn(item, row, facts, drawn, board);
  Object.assign(item.dataset, { told, own, passing, form, version: row.version });
  const focused = item.getRootNode().activeElement;
  const refocus = item.contains(focused) && focused !== item ? focused.dataset.action : null;
  fillItem(item, row, facts, board);
  if (refocus) item.querySelector(`[data-action="${refocus}"]`)?.focus();
  return item;
}

function makeItem(number, board) {
  const item = element("li", "row");
  item.dataset.number = number;
  item.tabIndex = -1;
  item.onclick = (event) => clickRow(number, event, board);
  board.items.set(number, item);
  return item;
}

function clickRow(number, event, board) {
  if (event.target.closest("button, textarea, input")) return;
  takeUp(board);
  if (board.cursor.number === number && !getSelection().toString()) press("open", board);
  else board.cursor.moveTo(number);
}

// All that a row shows: what is told of its question, what its person has open of it, and what
// passes by itself.
function factsOf(row, board) {
  const { number } = row;
  const { language, inbox, armed, rows } = board.data;
  const isSelecting = board.selected.size > 0;
  const busy = board.commands.isBusy(number);
  const open = board.opened === number;
  const selected = board.selected.has(number);
  const menu = board.menu?.number === number && !isSelecting ? board.menu.action : null;
  const drafts = board.forms.drafts.resting(number, menu);
  const form = menu && `${menu} ${board.menu.version}`;
  const told = JSON.stringify([
    row, language, row.position && rows.length, board.expected(row), armed === number,
  ]);
  const own = JSON.stringify([open, form, drafts, open && inbox?.history]);
  const passing = JSON.stringify([busy, selected, age(row.at, board.now(), language)]);
  return { busy, open, selected, menu, drafts, form, told, own, passing };
}

function noteDrawn(item, row, { told, own }, drawn, board) {
  const { dataset } = item;
  // What one has made of it oneself is known.
  const known = Number(dataset.version) + (board.own.get(row.number) ?? 0);
  if (known !== row.version && dataset.version !== String(row.version)) {
    drawn.changed.add(row.number);
  }
  if (dataset.told !== told) drawn.told.add(row.number);
  if (dataset.own !== own) drawn.opened.add(row.number);
}

function fillItem(item, row, { busy, open, selected, menu, drafts }, board) {
  item.setAttribute("aria-busy", busy);
  item.classList.toggle("selected", selected);
  item.classList.toggle("flagged", row.flagged);
  const head = drawHead(row, board);
  if (board.data.inbox) head.prepend(drawBox(row, selected, board));
  item.replaceChildren(head, drawText(row, board, open || menu));
  item.append(...drawNotes(row, board));
  if (row.why) item.append(element("p", "why", row.why));
  if (row.alike.length) item.append(drawAlike(row, board));
  if (row.suggested) item.append(drawSuggested(row, board));
  if (open) item.append(drawMore(row, board));
  for (const action of drafts) item.append(drawDraft(row, action, board));
  if (menu) item.append(drawMenu(menu, [row], board));
  else item.append(drawActions(offered(row, open, board), board, { busy, rows: [row] }));
}

function offered(row, open, board) {
  const rare = board.data.queue ? [...RARE, "edit"] : RARE;
  const shown = row.actions.filter((action) => open || !rare.includes(action));
  return shown.flatMap((action) => (action === "stage" ? ["arm", action] : [action]));
}

function drawBox(row, selected, board) {
  const box = element("input", "box");
  box.type = "checkbox";
  box.checked = selected;
  box.tabIndex = -1;
  box.setAttribute("aria-label", fill(board.data.labels.select, { number: row.number }));
  box.onclick = (event) => {
    event.stopPropagation();
    select(row.number, board, { range: event.shiftKey });
    box.checked = board.selected.has(row.number);
  };
  return box;
}
