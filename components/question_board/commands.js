// Sends what somebody does to questions, as {action, seen: [[number, version]], …}: to those that
// they saw, as they saw them.

// After these the question leaves the view, and the next one is at hand.
const LEAVES = ["approve", "queue", "reject", "merge", "restore"];
// A key does the opposite where the thing is done already.
const OPPOSITES = { flag: "unflag", queue: "unqueue", pin: "unpin", hold: "unhold" };
// What somebody is typing is not thrown away because another one voted.
const TYPED = ["edit", "split", "note", "prepare", "merge"];

class Commands {
  // `lists` says which lists an answer is to bring, as `Outbox` does.
  constructor(board, lists) {
    this.board = board;
    this.outbox = new Outbox(() => board.goOn(), lists);
  }

  // Another event has lists of its own, in which nothing of this one shows.
  forget() {
    this.outbox.deeds = [];
  }

  sendTo({ slug, deeds }, language) {
    Object.assign(this.outbox, { slug, address: `${deeds}?lang=${language}` });
  }

  // Forget what was done and shows by now; returns to which questions, and how often.
  settle() {
    const { data, forms } = this.board;
    const done = this.outbox.deeds.filter((deed) => deed.revision <= data.revision);
    this.outbox.settle(data.revision);
    const own = new Map();
    for (const deed of done) {
      for (const [number] of deed.seen) {
        own.set(number, (own.get(number) ?? 0) + (deed.isRefused ? 0 : 1));
        if (!deed.isRefused) forms.settle(number, deed.action);
      }
    }
    return own;
  }

  // Did somebody do something on this page that shows for the first time since a revision?
  showsOwn(since) {
    const { revision } = this.board.data;
    return this.outbox.sender.revisions.some((each) => each > since && each <= revision);
  }

  // Is there an answer that shows in what is listed?
  hasNews() {
    return this.outbox.deeds.some((deed) => deed.revision <= this.board.data.revision);
  }

  isBusy(number) {
    return this.underWay(number) > 0;
  }

  // How many deeds to a question do not show yet.
  underWay(number) {
    const isOfIt = ({ seen, isRefused }) => !isRefused && seen.some(([each]) => each === number);
    return this.outbox.deeds.filter(isOfIt).length;
  }

  // Do something to questions, or ask first what it needs to know.
  begin(action, rows) {
    if (!rows.length) return;
    const opposite = OPPOSITES[action];
    const isDone = opposite && rows.every((row) => row.actions.includes(opposite));
    const wanted = isDone ? opposite : action;
    if (MENUS.includes(wanted)) {
      if (!rows.every((row) => row.actions.includes(wanted))) return;
      if (TYPED.includes(wanted) && wanted !== "merge" && rows.length > 1) return;
      this.board.forms.openMenu(wanted, rows[0]);
    } else {
      const able = rows.filter((row) => row.actions.includes(wanted));
      if (able.length) this.send(able, { action: wanted });
    }
  }

  // Do something to questions as they were seen. What has changed meanwhile is looked at first.
  send(rows, deed) {
    const { board } = this;
    const [row] = rows;
    const isOpen = board.menu?.number === row.number && !board.selected.size;
    if (isOpen && changeOf(row, board)) return board.notices.hush(row.number);
    const seen = rows.map(({ number }) => [number, this.versionOf(number)]);
    board.forms.putAside();
    board.selected.clear();
    if (board.data.inbox && LEAVES.includes(deed.action)) {
      board.cursor.moveOn(rows.map((each) => each.number));
    }
    return this.push({ ...deed, seen });
  }

  // The version that somebody sees; what they have done to it already makes one more each.
  versionOf(number) {
    const { menu, rows } = this.board;
    const seen = menu?.number === number ? menu.version : rows.get(number).version;
    return seen + this.underWay(number);
  }

  push(deed) {
    const { board } = this;
    this.outbox.push({ ...deed });
    board.draw();
    if (board.hasKeys() && board.cursor.number !== null) board.cursor.showIt();
  }

  undo() {
    this.board.cursor.awaitUndone();
    this.push({ action: "undo", seen: [] });
  }

  // Make a question ready for the screens; that is the stage control's to do.
  arm([row]) {
    if (row?.actions.includes("stage")) tellStage("arm", row.number);
  }

  accept(rows) {
    for (const row of rows) {
      if (!row.suggested) continue;
      const [action, entry] = row.suggested;
      this.send([row], { action, entry });
    }
  }

  moveBy(places, row) {
    if (!row?.actions.includes("move")) return;
    const { order } = this.board;
    const others = order.filter((each) => each !== row.number);
    const place = order.indexOf(row.number) + places;
    if (place >= 0 && place <= others.length) this.drop(row.number, others[place] ?? null);
  }

  // Put a question of the queue before another one, or at the end, here at once and then there.
  drop(number, before) {
    const { board } = this;
    const place = board.order.indexOf(number);
    const stays = (board.order[place + 1] ?? null) === before;
    if (stays || !board.rows.has(number)) return board.draw();
    const row = board.rows.get(number);
    const others = board.order.filter((each) => each !== number);
    others.splice(before === null ? others.length : others.indexOf(before), 0, number);
    board.order = others;
    return this.send([row], { action: "move", ...(before === null ? {} : { before }) });
  }
}
