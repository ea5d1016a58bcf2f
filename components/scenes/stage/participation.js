// Who takes part: a tile or a bar for each district, a bar for each topic, and how many in all.

import { around, element } from "../../elements.js";
import { drawTitles, SMALLEST } from "./drawing.js";

/**
 * @import { Plan } from "./drawing.js"
 * @import { DistrictCount, Participation, TopicCount } from "./messages.js"
 */

// Where a name or number is wider than its tile, bars have the room.
/** @type {Plan[]} */
export const COUNT_PLANS = [
  ["full", SMALLEST],
  ["spare", SMALLEST],
  ["bars", 0],
];
const MOST_TILES = 8; // a side
const SHADES = 5;

/** @param {Participation} data */
export function drawParticipation(data) {
  const { title, total, districts, topics, language } = data;
  const format = new Intl.NumberFormat(language);
  const places = element("div", "places");
  const tiles = drawTiles(districts, format);
  if (tiles) places.append(tiles);
  places.append(drawBars(districts, format));
  const top = around("div", "top", element("h1", "title", title), element("p", "total", total));
  const columns = around("div", "columns", places, drawBars(topics, format));
  return around("section", "scene participation", drawTitles(data), top, columns);
}

/**
 * A place among the tiles, from 1; null where there is none.
 *
 * @param {number | null} place
 */
function gridLine(place) {
  if (place === null || !Number.isInteger(place)) return null;
  return place >= 0 && place < MOST_TILES ? place + 1 : null;
}

/**
 * Returns null where a district has no place.
 *
 * @param {DistrictCount[]} districts
 * @param {Intl.NumberFormat} format
 */
function drawTiles(districts, format) {
  const isPlaced = districts.every(({ row, column }) => gridLine(row) && gridLine(column));
  if (districts.length === 0 || !isPlaced) return null;
  const largest = Math.max(...districts.map((each) => each.count));
  const tiles = districts.map(({ name, count, column, row }) => {
    const number = element("span", "count", format.format(count));
    const drawn = around("li", "tile room", element("span", "name", name), number);
    drawn.style.gridArea = `${gridLine(row)} / ${gridLine(column)}`;
    drawn.dataset.shade = String(count ? Math.ceil((count / largest) * SHADES) : 0);
    return drawn;
  });
  return around("ol", "tiles", ...tiles);
}

/**
 * @param {(DistrictCount | TopicCount)[]} counts
 * @param {Intl.NumberFormat} format
 */
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
