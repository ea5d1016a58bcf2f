// Several questions for one deed, as many as one request takes.

const MOST_SELECTED = 100;

// Add to a selection, from the one that was ticked last on; returns how many found no room.
function addTo(selected, numbers) {
  const others = numbers.filter((number) => !selected.has(number));
  const room = Math.max(0, MOST_SELECTED - selected.size);
  for (const number of others.slice(0, room)) selected.add(number);
  return Math.max(0, others.length - room);
}

// From one place of an order to another, the other one first.
function spanOf(order, from, to) {
  const [first, last] = [Math.min(from, to), Math.max(from, to)];
  const span = order.slice(first, last + 1);
  return to > from ? span.reverse() : span;
}

// Tick a question, or take its tick off; with `range` all from the one at hand to it.
function select(number, board, { range = false } = {}) {
  const { order, selected, cursor } = board;
  const from = order.indexOf(cursor.number);
  const isSpan = range && from >= 0;
  const span = isSpan ? spanOf(order, from, order.indexOf(number)) : [number];
  if (!isSpan && selected.has(number)) selected.delete(number);
  else {
    const left = addTo(selected, span);
    const values = { most: MOST_SELECTED, left };
    if (left) board.notices.sayQuietly(fill(board.data.labels.too_many, values));
  }
  board.forms.putAside();
  cursor.point(number);
  board.draw();
}

// What an action is done to: the selection, or the question at hand.
function targets({ order, rows, selected, cursor }) {
  if (selected.size) {
    return order.filter((each) => selected.has(each)).map((each) => rows.get(each));
  }
  return cursor.number === null ? [] : [rows.get(cursor.number)];
}
