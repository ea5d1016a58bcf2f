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
