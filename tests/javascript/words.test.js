import assert from "node:assert/strict";
import { test } from "node:test";
import { guarded } from "../../components/drawing/table/table.js";
import { fill } from "../../components/elements.js";
import { joined } from "../../components/scenes/stage/drawing.js";
import { written } from "../../components/scenes/stage/timer.js";

test("a pattern is filled with what is known, and nothing is hidden", () => {
  assert.equal(fill("{count} of {most}", { count: 0, most: "10" }), "0 of 10");
  assert.equal(fill("{count} of {most}", { count: 3 }), "3 of {most}");
  assert.equal(fill("{name}", { name: "$& {count}" }), "$& {count}");
});

test("no syllable stands alone on the last line, and no ạ with one", () => {
  assert.equal(joined("Bao giờ có sóng"), "Bao giờ có\u00a0sóng");
  assert.equal(joined("Bao giờ có sóng ạ"), "Bao giờ có\u00a0sóng\u00a0ạ");
  assert.equal(
    joined("Đây là dòng trên\nvà dòng dưới"),
    "Đây là dòng\u00a0trên\nvà dòng\u00a0dưới",
  );
  assert.equal(joined("Một hai"), "Một hai");
});

test("time is written in minutes, and in hours where there are any", () => {
  assert.equal(written(0), "0:00");
  assert.equal(written(65), "1:05");
  assert.equal(written(3599), "59:59");
  assert.equal(written(3600), "1:00:00");
  assert.equal(written(36_061), "10:01:01");
});

test("no cell that is copied is a formula", () => {
  assert.equal(guarded("=1+1\tx\t -2\t@a\t+84 90"), "'=1+1\tx\t' -2\t'@a\t'+84 90");
  assert.equal(guarded("1-2\ta=b"), "1-2\ta=b");
});
