// What is sent to phones is what the oldest of them read: Chrome 80 and Safari 15.

import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { parse, tokenizer } from "acorn";

// Of the language TypeScript knows what is too new (`audience/tsconfig.json`), of the page it does
// not.
const TOO_NEW = [
  "checkVisibility",
  "inert",
  "randomUUID",
  "replaceChildren",
  "requestSubmit",
  "showModal",
  "showPicker",
  "showPopover",
  "structuredClone",
];

for (const file of globSync("audience/static/**/*.js")) {
  const text = readFileSync(file, "utf8");

  test(`${file} is written as they read it`, () => {
    assert.ok(parse(text, { ecmaVersion: 2019, sourceType: "module" }));
    // Nothing that looks back: Safari has that since 16.4.
    assert.doesNotMatch(text, /\(\?<[=!]/);
  });

  test(`${file} asks nothing of a page that it does not have there`, () => {
    const words = [...tokenizer(text, { ecmaVersion: 2019, sourceType: "module" })];
    const used = words.map((each) => text.slice(each.start, each.end));

    assert.deepEqual(
      used.filter((each) => TOO_NEW.includes(each)),
      [],
    );
  });
}
