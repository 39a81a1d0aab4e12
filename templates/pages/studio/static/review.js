// The reviewer's player: an outline of the sound to move on, places to jump to, notes at a second.
import { ask, say } from "./studio.js";
import { keys } from "./keys.js";

const film = document.getElementById("film");
const wave = document.getElementById("wave");
const canvas = wave.querySelector("canvas");
const pins = wave.querySelector("svg");
const length = Number(wave.dataset.length) || 1;
const form = document.getElementById("note");
let peaks = null;

export function clock(seconds) {
  const whole = Math.floor(Math.max(0, seconds));
  const two = (n) => String(n).padStart(2, "0");
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}
function seek(to, play = false) {
  film.currentTime = Math.min(length, Math.max(0, to));
  if (play) film.play().catch(() => {});
  show();
}

// -- the outline ---------------------------------------------------------------------------------------------------
function colour(name) { return getComputedStyle(document.documentElement).getPropertyValue(name).trim(); }
function draw() {
  const ratio = window.devicePixelRatio || 1;
  const [width, height] = [Math.max(1, Math.round(wave.clientWidth * ratio)), Math.round(96 * ratio)];
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const pen = canvas.getContext("2d");
  pen.clearRect(0, 0, width, height);
  const played = (film.currentTime / length) * width;
  const [heard, coming] = [colour("--accent"), colour("--edge")];
  for (let x = 0; peaks && x < width; x += 2) {
    const from = Math.floor((x / width) * peaks.length);
    const to = Math.max(from + 1, Math.floor(((x + 2) / width) * peaks.length));
    let top = 0;
    for (let at = from; at < to && at < peaks.length; at += 1) top = Math.max(top, peaks[at]);
    const tall = Math.max(1, (top / 255) * (height - 4));
    pen.fillStyle = x < played ? heard : coming;
    pen.fillRect(x, (height - tall) / 2, 1.5, tall);
  }
  pen.fillStyle = colour("--focus");
  pen.fillRect(Math.min(width - 2, played), 0, 2, height);
}
function show() {
  const at = film.currentTime;
  wave.setAttribute("aria-valuenow", Math.floor(at));
  wave.setAttribute("aria-valuetext", clock(at));
  document.getElementById("now").textContent = clock(at);
  document.getElementById("note-at").textContent = clock(at);
  form.elements.at.value = at.toFixed(2);
  draw();
}
function pinned() {
  pins.replaceChildren();
  for (const note of document.querySelectorAll("#notes [data-at]")) {
    const mark = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    mark.setAttribute("x", String((Number(note.dataset.at) / length) * 1000 - 1.5));
    for (const [name, value] of [["y", "0"], ["width", "3"], ["height", "100"]]) mark.setAttribute(name, value);
    pins.append(mark);
  }
}
fetch(wave.dataset.source, { credentials: "same-origin" })
  .then((answer) => (answer.ok ? answer.arrayBuffer() : null))
  .then((bytes) => { peaks = bytes ? new Uint8Array(bytes) : null; draw(); })
  .catch(() => {});
new ResizeObserver(draw).observe(wave);
for (const event of ["timeupdate", "seeked", "loadedmetadata"]) film.addEventListener(event, show);

function from(event) { return ((event.clientX - wave.getBoundingClientRect().left) / wave.clientWidth) * length; }
wave.addEventListener("pointerdown", (event) => { wave.setPointerCapture(event.pointerId); seek(from(event)); });
wave.addEventListener("pointermove", (event) => { if (event.buttons) seek(from(event)); });
wave.addEventListener("keydown", (event) => {
  const steps = { ArrowLeft: -5, ArrowDown: -5, ArrowRight: 5, ArrowUp: 5, PageDown: -30, PageUp: 30 };
  if (event.key in steps) seek(film.currentTime + steps[event.key]);
  else if (event.key === "Home") seek(0);
  else if (event.key === "End") seek(length);
  else return;
  event.preventDefault();
});

// -- places to jump to ---------------------------------------------------------------------------------------------
document.addEventListener("click", (event) => {
  const place = event.target.closest("[data-seek]");
  if (place) seek(Number(place.dataset.seek), true);
});
document.getElementById("speed").addEventListener("change", (event) => { film.playbackRate = Number(event.target.value); });

// -- notes -----------------------------------------------------------------------------------------------------------
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const told = await ask(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
  if (!told) return;
  const line = document.createElement("li");
  line.dataset.at = String(told.at_s);
  const jump = document.createElement("button");
  Object.assign(jump, { type: "button", className: "jump", textContent: clock(told.at_s) });
  jump.dataset.seek = String(told.at_s);
  const [words, who] = [document.createElement("span"), document.createElement("span")];
  words.className = "said-text";
  words.textContent = ` ${told.text}`;
  who.className = "hint";
  who.textContent = told.who;
  line.append(jump, words, who);
  document.getElementById("notes").append(line);
  form.elements.text.value = "";
  pinned();
  say(told.message);
});

const to = (id) => () => { const at = document.getElementById(id); at?.focus(); at?.scrollIntoView({ block: "center" }); };
keys({
  " ": () => (film.paused ? film.play().catch(() => {}) : film.pause()),
  k: () => (film.paused ? film.play().catch(() => {}) : film.pause()),
  ArrowLeft: () => seek(film.currentTime - 5),
  ArrowRight: () => seek(film.currentTime + 5),
  j: () => seek(film.currentTime - 10),
  l: () => seek(film.currentTime + 10),
  n: () => { film.pause(); to("note-text")(); },
  a: to("approve"),
  s: to("send-back"),
});
pinned();
show();
