// A work's page while it is made: told by a stream, or asked every few seconds where there is none.
import { ask } from "./studio.js";

const progress = document.getElementById("progress");
let before = null;

function show(told) {
  document.getElementById("away").textContent = told.away || "";
  if (told.away) return;
  if (before && (before.badge !== told.badge || before.moving !== told.moving || before.troubles !== told.troubles)) {
    location.reload();  // films, notes and buttons are there now, or are not any more
    return;
  }
  before = told;
  document.getElementById("share").value = told.share;
  document.getElementById("percent").textContent = told.share;
  document.getElementById("left").textContent = told.left;
  for (const one of told.episodes) {
    const said = document.querySelector(`[data-episode="${one.number}"] [data-said]`);
    if (said) said.textContent = one.said;
  }
}

function watch() {
  const stream = new EventSource(progress.dataset.live);
  stream.onmessage = (event) => show(JSON.parse(event.data));
  stream.onerror = () => { if (stream.readyState === EventSource.CLOSED) poll(); };
}

async function poll() {
  const told = await ask(progress.dataset.status);
  if (told) show(told);
  setTimeout(poll, 4000);
}

if (progress.dataset.moving) { if (window.EventSource) watch(); else poll(); }

for (const button of document.querySelectorAll("[data-seek]")) {
  button.addEventListener("click", () => {
    const film = document.getElementById(button.dataset.film);
    film.currentTime = Number(button.dataset.seek);
    film.play();
    film.focus();
  });
}
