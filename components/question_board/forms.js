// What is open of a question: all that is known of it, or a form, with what was typed there.

class Forms {
  constructor(board) {
    this.board = board;
  }

  // With an event, and with what was typed and not sent in it.
  begin({ slug, key }) {
    this.drafts = new Drafts(key);
    this.drafts.open(slug);
    const left = this.drafts.last();
    this.left = left && { ...left, isRestored: true };
  }

  // What was typed before the page was left or read anew is open again.
  openWhatWasLeft() {
    const { board, left } = this;
    if (!left) return;
    const { number, action, version, isRestored } = left;
    const row = board.latest.get(number) ?? board.kept.get(number)?.row;
    if (!row || board.menu) return;
    this.left = null;
    if (WRITTEN[action]?.(row) === this.drafts.of(number, action)?.text) {
      this.drafts.drop(number, action);
      return;
    }
    board.menu = { action, number, version, isRestored };
    board.arrangement.arrange({ takeIn: true });
  }

  openMenu(action, { number, version }) {
    const { board } = this;
    takeUp(board);
    this.putAside();
    board.menu = { action, number, version: this.drafts.of(number, action)?.version ?? version };
    if (board.hasKeys()) board.cursor.point(number);
    board.signal("open", number);
    board.draw();
    board.askForThem();
    this.focusMenu();
  }

  // A choice begins without one, so that no key by reflex makes it.
  focusMenu() {
    const { selected, bulk, items, menu: open } = this.board;
    const host = selected.size ? bulk : items.get(open.number);
    const menu = host.querySelector(".menu");
    const first = menu.querySelector(".choice") ? menu : menu.querySelector("textarea, input");
    host.scrollIntoView({ block: "nearest" });
    (first ?? menu).focus({ preventScroll: true });
    // Behind what is there: the next key must not wipe it out.
    first?.setSelectionRange?.(first.value.length, first.value.length);
  }

  // With what is open, on the question as others have left it.
  goOnWith(row) {
    const { board } = this;
    board.rows.set(row.number, row);
    board.menu = { ...board.menu, version: row.version };
    const draft = this.drafts.of(row.number, board.menu.action);
    if (draft) this.drafts.keep({ ...draft, version: row.version });
    board.draw();
    this.focusMenu();
  }

  // What is typed is kept until it is sent or thrown away.
  keepTyped(text) {
    const { number, action, version } = this.board.menu;
    this.drafts.keep({ number, action, version, text, isOpen: true });
  }

  discard(number, action) {
    this.drafts.drop(number, action);
    this.board.draw();
  }

  // What was typed has been done.
  settle(number, action) {
    const { menu } = this.board;
    this.drafts.drop(number, action);
    if (menu?.number === number) menu.version += 1;
  }

  // Close what is open without throwing away what was typed.
  putAside() {
    const { menu } = this.board;
    if (menu) this.drafts.close(menu.number, menu.action);
    this.board.menu = null;
  }

  // All that is known of the question at hand, or no more of it.
  toggle() {
    const { board } = this;
    board.opened = board.opened === board.cursor.number ? null : board.cursor.number;
    if (board.opened !== null) board.signal("open", board.opened);
    board.draw();
  }

  // What was opened last.
  close() {
    const { board } = this;
    const { number, action } = board.menu ?? {};
    if (board.menu) {
      this.drafts.drop(number, action);
      board.menu = null;
    } else if (board.selected.size) board.selected.clear();
    else if (board.opened !== null) board.opened = null;
    else board.cursor.leave();
    board.draw();
    board.items.get(number)?.focus();
  }
}
