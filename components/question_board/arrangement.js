// In which order the questions stand: in the server's, but what is under a hand does not move. There
// all stays as it is until the hand has gone, or what its person did shows. What is being read
// further down stays where it is; what is new waits until it is asked for.

class Arrangement {
  constructor(board) {
    this.board = board;
    // The revision in which all took their places.
    this.laidOut = -1;
    this.begin();
  }

  // With another view. `newest` is the newest question that has been taken in, `arrivals` how many
  // wait, and `isBehind` tells that others moved what stays here.
  begin() {
    this.newest = null;
    this.arrivals = 0;
    this.isBehind = false;
  }

  isAtRest() {
    return this.board.list.scrollTop < 8 && !this.board.hand.holds();
  }

  arrange({ takeIn = false } = {}) {
    const { board } = this;
    const numbers = board.data.rows.map((row) => row.number);
    this.arrivals = this.newest === null ? 0 : numbers.filter((each) => each > this.newest).length;
    if (board.hand.holds() && !board.commands.showsOwn(this.laidOut) && !takeIn) {
      this.keepStill(numbers);
      return;
    }
    this.laidOut = board.data.revision;
    this.isBehind = false;
    const isReading = board.data.inbox && !takeIn && this.newest !== null && !this.isAtRest();
    const before = board.order;
    board.order = this.withOpen(isReading ? this.mixedIn(numbers) : this.afresh(numbers));
    const row = (number) =>
      board.latest.get(number) ?? board.rows.get(number) ?? board.kept.get(number)?.row;
    board.rows = new Map(board.order.map((number) => [number, row(number)]));
    for (const number of board.selected) if (!board.rows.has(number)) board.selected.delete(number);
    board.cursor.keep(before);
  }

  keepStill(numbers) {
    const { inbox } = this.board.data;
    const { order } = this.board;
    const fresh = numbers.filter((each) => !inbox || each <= this.newest);
    this.isBehind = fresh.slice(0, order.length).join() !== order.join();
    this.append(fresh);
  }

  // What comes below the last question of the list moves none.
  append(fresh) {
    const { order, rows, latest } = this.board;
    const place = fresh.indexOf(order.at(-1));
    const below = place < 0 ? [] : fresh.slice(place + 1);
    for (const number of below) {
      if (order.includes(number)) continue;
      order.push(number);
      rows.set(number, latest.get(number));
    }
  }

  afresh(numbers) {
    const { inbox } = this.board.data;
    this.newest = inbox?.newest ?? null;
    this.arrivals = 0;
    // There may be more, for whoever is reading the last of them.
    return numbers.slice(0, inbox?.length);
  }

  mixedIn(numbers) {
    const wanted = numbers.filter((number) => number <= this.newest);
    const order = this.board.order.filter((number) => this.board.latest.has(number));
    wanted.forEach((number, index) => {
      if (order.includes(number)) return;
      const before = index ? order.indexOf(wanted[index - 1]) : -1;
      order.splice(before + 1, 0, number);
    });
    return order;
  }

  // With what somebody has open or at hand, whatever others did to it, where it stood.
  withOpen(order) {
    const { board } = this;
    const { menu, opened, cursor } = board;
    const held = [menu?.number, opened, atHand() === board ? cursor.number : null];
    for (const number of new Set(held)) {
      const isThere = [board.latest, board.rows, board.kept].some((each) => each.has(number));
      const isOwn = board.own.has(number) && number !== menu?.number;
      if (!isThere || isOwn || order.includes(number)) continue;
      const above = board.order.slice(0, Math.max(0, board.order.indexOf(number)));
      order.splice(order.indexOf(above.findLast((each) => order.includes(each))) + 1, 0, number);
    }
    return order;
  }

  // Take in what waits.
  takeIn() {
    const { board } = this;
    board.opened = null;
    if (!board.menu) board.cursor.leave();
    board.list.scrollTop = 0;
    this.arrange({ takeIn: true });
    board.alerts?.hear(this.newest, 0);
    board.draw();
    if (board.data.inbox) board.signal("arrivals", this.newest);
  }
}
