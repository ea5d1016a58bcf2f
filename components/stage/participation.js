// Who takes part: a tile or a bar for each district, a bar for each topic, and how many in all.

// Where a name or number is wider than its tile, bars have the room.
const COUNT_PLANS = [
  ["full", SMALLEST],
  ["spare", SMALLEST],
  ["bars", 0],
];
const MOST_TILES = 8; // a side
const SHADES = 5;

function drawParticipation(picture) {
  const { title, total, districts, topics, language } = picture;
  const format = new Intl.NumberFormat(language);
  const places = element("div", "places");
  if (isOnTiles(districts)) places.append(drawTiles(districts, format));
  places.append(drawBars(districts, format));
  const top = around("div", "top", element("h1", "title", title), element("p", "total", total));
  const columns = around("div", "columns", places, drawBars(topics, format));
  return around("section", "scene participation", drawTitles(picture), top, columns);
}

function isOnTiles(districts) {
  const isInside = (place) => Number.isInteger(place) && place >= 0 && place < MOST_TILES;
  return districts.length > 0 && districts.every((each) => isInside(each.column) && isInside(each.row));
}

function drawTiles(districts, format) {
  const largest = Math.max(...districts.map((each) => each.count));
  const tiles = districts.map(({ name, count, column, row }) => {
    const number = element("span", "count", format.format(count));
    const drawn = around("li", "tile room", element("span", "name", name), number);
    drawn.style.gridArea = `${row + 1} / ${column + 1}`;
    drawn.dataset.shade = count ? Math.ceil((count / largest) * SHADES) : 0;
    return drawn;
  });
  return around("ol", "tiles", ...tiles);
}

function drawBars(counts, format) {
  const sorted = counts.toSorted((one, other) => other.count - one.count);
  const largest = Math.max(1, sorted[0]?.count ?? 0);
  const rows = sorted.map(({ name, count }) => {
    const bar = element("span", "bar");
    bar.style.width = `${(count / largest) * 100}%`;
    const number = element("span", "count", format.format(count));
    return around("li", "row", element("span", "name", name), number, bar);
  });
  return around("ol", "rows bars", ...rows);
}
