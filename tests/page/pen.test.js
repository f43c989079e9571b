// The grammar of lines: who speaks stays a hairline of its own kind, whatever is chosen.
import assert from "node:assert/strict";
import { test } from "node:test";
import { drawLines, drawText } from "../../graph/draw/page/views/pen.js";

const THEME = { ink: "ink", accent: "accent", hair: "hair", soft: "soft", speak: "speak", paper: "paper" };

function strokes(line, chosen) {
  const found = [];
  const pen = {
    stroke() {
      found.push([this.strokeStyle, this.lineWidth]);
    },
  };
  for (const name of ["beginPath", "moveTo", "lineTo", "quadraticCurveTo", "setLineDash", "arc", "fill"])
    pen[name] = () => undefined;
  drawLines(
    pen,
    [
      {
        line,
        chosen,
        faded: false,
        quiet: false,
        directed: line !== "speaks",
        curve: { x0: 0, y0: 0, cx: 50, cy: 0, x1: 100, y1: 0 },
      },
    ],
    THEME,
  );
  return found;
}

test("a way by who speaks about whom is never a bold link", () => {
  const [[colour, width]] = strokes("speaks", true);
  assert.notEqual(colour, THEME.accent);
  assert.ok(width <= 1, String(width));
  const [[link, heavy]] = strokes("said", true);
  assert.deepEqual([link, heavy > width], [THEME.accent, true]);
});

test("a line beneath never touches a letter, faded or not", () => {
  for (const faded of [false, true]) {
    const halos = [];
    const pen = {
      fillText: () => undefined,
      strokeText() {
        halos.push([this.globalAlpha, this.lineWidth, this.strokeStyle]);
      },
    };
    drawText(
      pen,
      ["possible: may extend"],
      { x: 0, y: 0 },
      { font: "12px x", colour: "ink", halo: "paper", height: 14, faded },
    );
    assert.deepEqual(
      halos.map(([alpha, , colour]) => [alpha, colour]),
      [[1, "paper"]],
    );
    assert.ok(halos[0][1] >= 6);
  }
});

test("a line is wider by each independent origin that it rests on", () => {
  const widths = [1, 2, 3].map((origins) => {
    const drawn = [];
    const pen = {};
    for (const name of ["beginPath", "moveTo", "quadraticCurveTo", "lineTo", "setLineDash"])
      pen[name] = () => undefined;
    pen.stroke = function stroke() {
      drawn.push(this.lineWidth);
    };
    const curve = { x0: 0, y0: 0, cx: 50, cy: 0, x1: 100, y1: 0 };
    const item = { line: "said", origins, chosen: false, faded: false, quiet: false, directed: false, curve };
    drawLines(pen, [item], THEME);
    return drawn[0];
  });
  assert.deepEqual(widths, [...widths].sort());
  assert.equal(new Set(widths).size, 3);
});

test("what nobody says and what somebody judges are told from a fact and from each other without colour", () => {
  const looks = ["said", "implied", "judgement", "soft", "notyet", "disputed", "accepted"].map((sign) => {
    const drawn = [];
    const pen = {};
    for (const name of ["beginPath", "lineTo", "arc", "fill"]) pen[name] = () => undefined;
    pen.moveTo = () => undefined;
    pen.quadraticCurveTo = (...at) => drawn.push(["curve", ...at].join(" "));
    pen.setLineDash = (dash) => dash.length && drawn.push(`dash ${dash}`);
    pen.stroke = function stroke() {
      drawn.push(`wide ${this.lineWidth}`);
    };
    const line = ["implied", "judgement"].includes(sign) ? "said" : sign;
    const curve = { x0: 0, y0: 0, cx: 50, cy: 0, x1: 100, y1: 0 };
    const item = { line, sign, chosen: false, faded: false, quiet: false, directed: true, curve };
    drawLines(pen, [item], THEME);
    return drawn.join("; ");
  });
  assert.equal(new Set(looks).size, looks.length, looks.join("\n"));
});
