// The chair's page has the window's width, and no word of the framework stands before the question.

const ROOM = new CSSStyleSheet();
ROOM.replaceSync(`
  [data-testid="stMainBlockContainer"] {
    padding-inline: 1rem !important;
    padding-bottom: 0.5rem !important;
  }
  [data-testid="stConnectionStatus"] { display: none !important; }
`);

/** @param {boolean} isWanted */
export function takeWholeWindow(isWanted) {
  const others = document.adoptedStyleSheets.filter((each) => each !== ROOM);
  document.adoptedStyleSheets = isWanted ? [...others, ROOM] : others;
}
