// Scenes of few words: welcome, a message, thanks, and nothing at all.

const SLIDE_PLANS = [["full", 0]];

function drawWelcome(picture) {
  const { heading, theme, invitation, address, qr_code: source } = picture;
  const words = around(
    "div",
    "room words",
    element("p", "heading", heading),
    drawWords("text theme", theme),
    element("p", "invitation", invitation),
    drawAddress(address),
  );
  return around("section", "scene welcome", words, drawQrCode(address, source));
}

function drawMessage(picture) {
  const words = around("div", "room words", drawWords("text", picture.text));
  return around("section", "scene slide", drawTitles(picture), words);
}

function drawThanks(picture) {
  const { title, text, address, qr_code: source } = picture;
  const words = around("div", "room words", drawWords("text", title), drawWords("more", text));
  const drawn = around("section", "scene slide thanks", drawTitles(picture), words);
  if (!address) return drawn;
  words.append(drawAddress(address));
  drawn.append(drawQrCode(address, source));
  return drawn;
}

function drawBlack() {
  return element("section", "scene black");
}
