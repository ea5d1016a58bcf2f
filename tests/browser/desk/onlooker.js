// Stands beside a desk and notes, from what is drawn alone, what its person has before them at each
// press. It goes by the page's own clock, which the test moves.
(() => {
  /**
   * @typedef {{ text: string, place: number, shownSince: number, standsSince: number }} Seen
   * @typedef {HTMLTextAreaElement | HTMLInputElement} Field
   * @typedef {{ number: number | null, row: Element | null, kind: string | null, field: Field | null }} Form
   * @typedef {{ does: string, rows: Element[], isSure: boolean }} Press
   * @typedef {{ since: number, order: number[], gone: number[] }} Picture
   * @typedef {{ place: number, unanswered: unknown[] }} Sender
   */
  const STANDS_AFTER = 500;
  // What moves without a change of the list is seen with the next picture.
  const PICTURE = 20;
  const CONTROLS = "button, input[type=checkbox]";

  // Of each question that is drawn: how it reads, where it is, and since when.
  /** @type {Map<number, Seen>} */
  const seen = new Map();
  // Which questions were listed in the last half second, the latest picture last.
  /** @type {Picture[]} */
  let pictures = [];
  // What the person wrote themselves, which is nothing new to them.
  /** @type {Set<string>} */
  const own = new Set();
  /** @type {{ number: number | null, since: number }} */
  let cursor = { number: null, since: -Infinity };
  /** @type {{ name: string | null, since: number }} */
  let under = { name: null, since: -Infinity };
  /** @type {[number, number] | null} */
  let point = null;
  // Where the cursor may go by what is being pressed; null while nothing is.
  /** @type {number[] | null} */
  let chosen = null;
  /** @type {{ number: number | null, kind: string | null } | null} */
  let open = null;
  // How others have left the question that is open.
  /** @type {{ text: string | null, since: number }} */
  let newer = { text: null, since: -Infinity };
  let begun = 0;
  /** @type {Array<{ from: number, until: number | null }>} */
  const presses = [];
  /** @type {string[]} */
  const vanished = [];

  const root = () =>
    [...document.querySelectorAll(".st-key-inbox *")]
      .map((each) => each.shadowRoot)
      .find((each) => each?.querySelector(".board"));
  const rows = () => [...(root()?.querySelectorAll(".row") ?? [])];
  /** @param {Element} row */
  const numberOf = (row) => Number(row.querySelector(".number")?.textContent.slice(1));
  /** @param {Element} row */
  const textOf = (row) => row.querySelector(".text")?.textContent ?? "";
  /** @param {Element} row */
  const topOf = (row) => Math.round(row.getBoundingClientRect().top);
  const atPoint = () => point && root()?.elementFromPoint(...point);
  const cursorRow = () => rows().find((row) => row.classList.contains("cursor"));
  const ticked = () => rows().filter((row) => row.querySelector(".box:checked"));
  /** @param {number} since */
  const isLong = (since) => performance.now() - since >= STANDS_AFTER - PICTURE;
  /** @param {Element} control */
  const nameOf = (control) => control.getAttribute("data-action") ?? control.className;
  const sender = () => /** @type {{ dialogueSender?: Sender }} */ (window).dialogueSender;
  const placeNow = () => sender()?.place ?? 0;

  /** @returns {Form | null} */
  function menu() {
    const found = root()?.querySelector(".row .menu, .bulk:not([hidden]) .menu");
    if (!found) return null;
    const row = found.closest(".row");
    const field = /** @type {Field | null} */ (found.querySelector("textarea, input.into"));
    return { number: row && numberOf(row), row, kind: found.getAttribute("aria-label"), field };
  }

  // Others were first: a choice is not made, nor words sent, until that has been seen.
  /** @param {Form} form */
  const isWaiting = ({ row }) => Boolean((row ?? root())?.querySelector(".menu [data-waits]"));

  function look({ isMove = false } = {}) {
    const now = performance.now();
    const drawn = rows();
    takePicture(drawn, now);
    for (const row of drawn) {
      const [number, text] = [numberOf(row), textOf(row)];
      const place = topOf(row) + (row.parentElement?.scrollTop ?? 0);
      const known = seen.get(number);
      const isKnown = known && (known.text === text || own.has(text));
      const readSince = text === newer.text ? newer.since : now;
      const shownSince = isKnown ? known.shownSince : readSince;
      const standsSince = isKnown && known.place === place ? known.standsSince : now;
      seen.set(number, { text, place, shownSince, standsSince });
    }
    const there = new Set(drawn.map(numberOf));
    for (const number of seen.keys()) if (!there.has(number)) seen.delete(number);
    const at = cursorRow();
    const number = at ? numberOf(at) : null;
    if (number !== cursor.number) {
      cursor = { number, since: number !== null && chosen?.includes(number) ? -Infinity : now };
    }
    const control = atPoint()?.closest(CONTROLS);
    const row = control?.closest(".row");
    const name = control ? `${row ? numberOf(row) : null} ${nameOf(control)}` : null;
    if (name !== under.name) under = { name, since: isMove ? -Infinity : now };
    lookAtForm();
    const text = root()?.querySelector(".newer")?.textContent;
    if (text && text !== newer.text) newer = { text, since: now };
  }

  /**
   * @param {Element[]} drawn
   * @param {number} now
   */
  function takePicture(drawn, now) {
    const order = drawn.map(numberOf);
    const gone = drawn.filter((row) => row.classList.contains("gone")).map(numberOf);
    const last = pictures.at(-1);
    const isSame = last && `${last.order}|${last.gone}` === `${order}|${gone}`;
    if (!isSame) pictures.push({ since: now, order, gone });
    const shownThen = pictures.findLastIndex(({ since }) => isLong(since));
    pictures = pictures.slice(Math.max(0, shownThen));
  }

  // What is open goes by its person's doing alone.
  function lookAtForm() {
    const now = menu();
    const isOther = open && (open.number !== now?.number || open.kind !== now?.kind);
    if (open && isOther && !chosen) vanished.push(`${open.kind} #${open.number}`);
    open = now && { number: now.number, kind: now.kind };
  }

  /** @param {[number, number]} place */
  function moveTo(place) {
    look();
    point = place;
    look({ isMove: true });
  }

  /** @param {Element} row */
  const isShown = (row) =>
    isLong(seen.get(numberOf(row))?.shownSince ?? Infinity) && !row.classList.contains("gone");

  /**
   * To which question a person goes on after one of their own, and by the arrows, if that is the one
   * to which they would have gone on at any moment of the last half second.
   *
   * @param {string | null} key
   */
  function wayOn(key) {
    const at = cursorRow();
    const from = at ? numberOf(at) : null;
    const own = rows().filter(
      (row) => row.ariaBusy === "true" || row.matches(":has(.box:checked)"),
    );
    const ways = pictures.map((picture) => wayIn(picture, key, from, own.map(numberOf)));
    return new Set(ways).size === 1 ? ways[0] : undefined;
  }

  /**
   * @param {Picture} picture
   * @param {string | null} key
   * @param {number | null} from
   * @param {number[]} own what its person has done something to, or is about to
   */
  function wayIn({ order, gone }, key, from, own) {
    const place = from === null ? -1 : order.indexOf(from);
    if (from !== null && place < 0) return undefined;
    if (key === "j") return order[Math.min(place + 1, order.length - 1)];
    if (key === "k") return order[Math.max(place - 1, 0)];
    const isFree = (/** @type {number} */ each) => !gone.includes(each) && !own.includes(each);
    return from === null ? undefined : order.slice(place + 1).find(isFree);
  }

  /**
   * A press is over when the next one begins, or once the page has done what it does at once.
   *
   * @param {Press} press
   * @param {number | undefined} way
   * @param {Array<Element | null | undefined>} meant
   */
  function begin(press, way, meant) {
    begun += 1;
    chosen = meant.filter((each) => each instanceof Element).map(numberOf);
    if (way !== undefined) chosen.push(way);
    const field = menu()?.field?.value ?? null;
    if (field !== null && ["Control+Enter", "save"].includes(press.does)) own.add(field);
    const texts = press.rows.map((row) => [numberOf(row), textOf(row)]);
    const from = placeNow();
    const { does, isSure } = press;
    presses.push(Object.assign({ from, until: null }, { does, isSure, seen: texts, field }));
  }

  function finish() {
    const last = presses.at(-1);
    if (last && last.until === null) last.until = placeNow();
    look();
    chosen = null;
  }

  const afterwards = new MessageChannel();
  afterwards.port1.onmessage = ({ data }) => data === begun && finish();
  const finishSoon = () => afterwards.port2.postMessage(begun);

  /** @param {KeyboardEvent} event */
  function hearKey(event) {
    finish();
    const [first] = event.composedPath();
    const target = first instanceof Element ? first : document.documentElement;
    const pressed = target.closest("button")?.closest(".row button, .bulk button");
    const isField = target.matches("textarea, input:not([type=checkbox])");
    const key = event.ctrlKey ? `Control+${event.key}` : event.key;
    const form = menu();
    const isPress = pressed && [" ", "Enter"].includes(key);
    const isChoice = /^[1-9]$/.test(key);
    const isSaid = isField ? key === "Control+Enter" : Boolean(form) === isChoice;
    const at = cursorRow();
    let does = isSaid ? key : "typed";
    let meant = ticked();
    if (form?.row) meant = [form.row];
    else if (!meant.length && isLong(cursor.since)) meant = at ? [at] : [];
    if (pressed && isPress) does = nameOf(pressed);
    const pressedIn = isPress ? pressed?.closest(".row") : null;
    if (pressedIn) meant = [pressedIn];
    const isSure =
      does !== "typed" && meant.length > 0 && meant.every(isShown) && !(form && isWaiting(form));
    begin({ does, rows: meant, isSure }, wayOn(key), [form?.row, at]);
    // A button is pressed by a click of its own, with the space bar when that is let go.
    if (!isPress) finishSoon();
  }

  /** @param {PointerEvent} event */
  function hearPress({ clientX, clientY }) {
    finish();
    if (!point) moveTo([clientX, clientY]);
    const target = atPoint();
    const control = target?.closest(CONTROLS);
    const row = target?.closest(".row");
    const stands = row ? isLong(seen.get(numberOf(row))?.standsSince ?? Infinity) : false;
    const meant = row ? [row] : target?.closest(".bulk") ? ticked() : [];
    const isThere = row ? stands : meant.length > 0 && meant.every(isShown);
    const isReady = control ? !control.matches("[disabled], [data-waits]") : false;
    const isSure = isReady && isLong(under.since) && isThere;
    const does = control ? nameOf(control) : "choose";
    begin({ does, rows: meant, isSure }, wayOn(null), [stands ? row : null, menu()?.row]);
  }

  addEventListener("keydown", hearKey, true);
  addEventListener("pointerdown", hearPress, true);
  addEventListener("click", finishSoon, true);
  addEventListener("pointermove", ({ clientX, clientY }) => moveTo([clientX, clientY]), true);

  const changes = new MutationObserver(() => look());
  /** @type {ShadowRoot | null} */
  let watched = null;
  const go = () => {
    const now = root();
    if (now && now !== watched) {
      watched = now;
      changes.observe(watched, { subtree: true, childList: true, attributes: true });
    }
    if (watched) look();
    requestAnimationFrame(go);
  };
  go();

  // What may be pressed now, and to which question.
  function hand() {
    look();
    const row = atPoint()?.closest(".row");
    const at = [row, cursorRow(), menu()?.row].map((each) => (each ? numberOf(each) : null));
    return { control: under.name, at };
  }

  // What lies under the pointer, the cursor and an open form, and where.
  function still() {
    look();
    const told = (/** @type {Element | null | undefined} */ row) =>
      row ? [numberOf(row), topOf(row), textOf(row)] : null;
    const form = menu();
    const typed = form?.row ? [form.kind, form.field?.value] : null;
    return {
      pointer: told(atPoint()?.closest(".row")),
      cursor: told(cursorRow()),
      form: told(form?.row),
      typed,
    };
  }

  /**
   * A thing to press in a row, by the row's place, as a point; null if there is none.
   *
   * @param {number} place
   * @param {string} what
   */
  function find(place, what) {
    const row = rows()[place];
    const control = row?.querySelector(what);
    const list = row?.parentElement?.getBoundingClientRect();
    if (!control || !list) return null;
    const { left, top, width, height } = control.getBoundingClientRect();
    const [x, y] = [left + Math.min(width / 2, 30), top + height / 2];
    return width && y > list.top && y < list.bottom ? [x, y] : null;
  }

  // What was typed and is not sent: the open field, and to which questions something is said to wait.
  function typed() {
    const form = menu();
    const isIn = form?.field && form.field === root()?.activeElement;
    const waits = rows().filter((row) => row.querySelector(".draft"));
    return {
      number: form?.field ? form.number : null,
      value: form?.field?.value ?? null,
      isIn: Boolean(isIn),
      waits: waits.map(numberOf),
      listed: rows().map(numberOf),
    };
  }

  // Whether the page has what its server told of up to a revision: read by itself, or sent with the
  // whole page, so that there was nothing to read.
  const heard = { told: -1, read: -1, reading: 0 };
  /** @param {number} revision */
  const knows = (revision) => heard.told >= revision && (heard.read >= revision || !heard.reading);
  window.WebSocket = class extends WebSocket {
    /**
     * @param {string | URL} address
     * @param {string | string[]} [protocols]
     */
    constructor(address, protocols) {
      super(address, protocols);
      if (!String(address).includes("/live/")) return;
      this.addEventListener("message", ({ data }) => {
        heard.told = Math.max(heard.told, Number(data));
      });
    }
  };
  const reads = new MessageChannel();
  const { fetch } = window;
  window.fetch = async (address, ...how) => {
    if (!String(address).includes("/lists/")) return fetch(address, ...how);
    heard.reading += 1;
    const end = () => (heard.reading -= 1);
    const answer = await fetch(address, ...how).catch((error) => {
      end();
      throw error;
    });
    if (!answer.ok) end();
    // It is told once whoever asked has taken it.
    const { json } = answer;
    answer.json = () => json.call(answer).finally(() => reads.port2.postMessage(null));
    reads.port1.onmessage = end;
    return answer;
  };
  document.addEventListener("dialogue-lists", (event) => {
    const { detail } = /** @type {CustomEvent} */ (event);
    heard.read = Math.max(heard.read, detail.inbox?.revision ?? -1);
  });

  /**
   * All of that, once the page knows of a revision and of what came of its own commands; else null.
   *
   * @param {number} revision
   * @param {boolean} isHeldBack
   */
  function tell(revision, isHeldBack) {
    const isWaiting = sender()?.unanswered.length && !isHeldBack;
    if (!knows(revision) || isWaiting) return null;
    finish();
    const noted = { presses: presses.splice(0), vanished: vanished.splice(0) };
    return { still: still(), typed: typed(), ...noted };
  }

  Object.assign(window, { onlooker: { hand, find, typed, tell } });
})();
