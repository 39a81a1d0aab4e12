// The desk of a draft: what is written is kept and looked over as one writes; pictures are dragged in; voices are heard.
import { ask, csrf, say } from "./studio.js";
import { hear } from "./listen.js";

const desk = document.getElementById("desk");
const script = document.getElementById("script");
const at = `/drafts/${desk.dataset.slug}`;
let waiting = 0;
let asked = 0;
let kept = script.value;  // what the studio has
let seen = desk.dataset.seen;  // which state of the script this window has last seen
let leaving = false;
script.form.addEventListener("submit", () => { leaving = true; clearTimeout(waiting); });

script.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(keep, 700); });

async function keep() {
  clearTimeout(waiting);
  const mine = ++asked;
  const sent = script.value;
  const told = await ask(`${at}/script?seen=${seen}`, { method: "POST", body: sent, headers: { "Content-Type": "text/plain" } });
  if (told) { kept = sent; seen = told.seen; script.form.elements.seen.value = seen; }
  if (told && mine === asked) show(told);
  return told;
}

function show(told) {
  document.getElementById("kept").textContent = desk.dataset.kept;
  document.getElementById("estimate").textContent = told.estimate;
  const faults = [...told.faults.map((one) => line(one, "fault")), ...told.notices.map((one) => line(one, "hint"))];
  if (!told.faults.length) faults.unshift(item(desk.dataset.good, "good-line"));
  document.getElementById("faults").replaceChildren(...faults);
  document.getElementById("owed").replaceChildren(...told.owed.map((one) => item(one, "")));
  fillIn(told.answers);
  document.getElementById("cast").replaceChildren(...told.cast.map((one) => item(`${one.who}: ${one.voice}`, "")));
}

function item(text, kind) {
  const one = document.createElement("li");
  one.textContent = text;
  if (kind) one.className = kind;
  return one;
}

function line(fault, kind) {
  const one = item(fault.said, kind);
  if (fault.line) {
    const go = document.createElement("button");
    go.type = "button";
    go.className = "quiet";
    go.textContent = `${desk.dataset.line} ${fault.line}`;
    go.addEventListener("click", () => select(fault.line));
    one.append(" ", go);
  }
  return one;
}

function select(number) {
  const lines = script.value.split("\n");
  const first = lines.slice(0, number - 1).reduce((sum, text) => sum + text.length + 1, 0);
  script.focus();
  script.setSelectionRange(first, first + (lines[number - 1] || "").length);
  script.scrollTop = Math.max(0, (number - 6) * parseFloat(getComputedStyle(script).lineHeight));
}

document.getElementById("hear").addEventListener("click", async (event) => {
  const button = event.currentTarget;
  if (await keep()) hear(`${at}/hear`, button);
});
for (const button of document.querySelectorAll("[data-voice]")) {
  button.addEventListener("click", () => hear(`/voices/${button.dataset.voice}/sample`, button));
}

// What is answered of rights and children stands in the script; the form shows it and writes it there.
const answers = document.getElementById("answers");
let touched = false;
answers.addEventListener("change", () => { touched = true; proofs(); });
function proofs() {
  for (const basis of answers.querySelectorAll("select")) {
    const proof = answers.elements[basis.name.replace("basis", "evidence")];
    proof.hidden = !["permission", "licence", "public-domain"].includes(basis.value);
    proof.previousElementSibling.hidden = proof.hidden;
  }
}
function fillIn(given) {
  if (touched) return;
  for (const [name, value] of Object.entries(given)) answers.elements[name].value = value;
  proofs();
}
answers.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (!(await keep())) return;
  const told = await ask(answers.getAttribute("action"), { method: "POST", body: new URLSearchParams(new FormData(answers)) });
  if (!told) return;
  script.value = told.script;
  seen = told.seen;
  touched = false;
  await keep();
  say(told.message);
});
proofs();

const drop = document.getElementById("drop");
const chosen = document.getElementById("picture");
chosen.addEventListener("change", () => { add(chosen.files); chosen.value = ""; });
for (const kind of ["dragover", "dragleave", "drop"]) {
  drop.addEventListener(kind, (event) => {
    event.preventDefault();
    drop.classList.toggle("over", kind === "dragover");
    if (kind === "drop") add(event.dataTransfer.files);
  });
}

async function add(files) {
  for (const file of files) {
    const told = await ask(`${at}/pictures?name=${encodeURIComponent(file.name)}`, {
      method: "POST", body: file, headers: { "Content-Type": "application/octet-stream" },
    });
    if (told) list(told);
  }
  keep();
}

function list(told) {
  const all = document.getElementById("pictures");
  if ([...all.querySelectorAll("[data-insert]")].some((one) => one.dataset.insert === told.name)) return;
  const one = document.createElement("li");
  const picture = document.createElement("img");
  Object.assign(picture, { src: told.src, alt: "", width: 96, height: 54 });
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "quiet", textContent: told.name });
  button.dataset.insert = told.name;
  one.append(picture, button);
  all.append(one);
}

document.getElementById("pictures").addEventListener("click", (event) => {
  const name = event.target.dataset?.insert;
  if (!name) return;
  const before = script.value.slice(0, script.selectionStart);
  const text = `${before && !before.endsWith("\n") ? "\n" : ""}![](${name})\n`;
  script.setRangeText(text, script.selectionStart, script.selectionEnd, "end");
  const place = script.value.lastIndexOf("![](", script.selectionStart) + 2;
  script.focus();
  script.setSelectionRange(place, place);
  keep();
});

// What is longer than a browser sends while it leaves is not left behind unsaid.
window.addEventListener("beforeunload", (event) => {
  if (script.value !== kept && script.value.length >= 20000 && !leaving) event.preventDefault();
});
window.addEventListener("pagehide", () => {
  if (script.value !== kept && !leaving) {
    fetch(`${at}/script?seen=${seen}`, { method: "POST", body: script.value, keepalive: script.value.length < 20000, headers: { "X-CSRF-Token": csrf, "Content-Type": "text/plain" } }).catch(() => {});
  }
});
if (script.value.trim()) keep(); else say("");
